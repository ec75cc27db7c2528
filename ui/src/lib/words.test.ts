import { expect, test } from 'vitest';
import { ago, count, list } from './words';

const NOW = new Date('2026-03-10T12:00:00Z');

test.each([
  ['2026-03-10T11:59:40Z', 'just now'],
  ['2026-03-10T11:55:00Z', '5 minutes ago'],
  ['2026-03-09T11:00:00Z', 'yesterday'],
  ['2026-01-02T12:00:00Z', '2 Jan 2026'],
])('%s was %s', (time, words) => {
  expect(ago(time, NOW)).toBe(words);
});

test('numbers agree with their words', () => {
  expect([0, 1, 2000].map((number) => count(number, 'step'))).toEqual(['no steps', '1 step', '2,000 steps']);
});

test('a list reads like a sentence', () => {
  expect(list(['a', 'b', 'c'])).toBe('a, b and c');
});
