import { expect, test } from 'vitest';
import { find, score } from './search';

test.each([
  ['tweet', 'Add credential: Twitter/X'],
  ['password', 'Go to Credentials'],
  ['dark', 'Theme: Dark'],
  ['appearance', 'Theme: Dark'],
  ['workflow', 'Go to Automations'],
  ['passphrase', 'Go to Vault'],
  ['new login', 'Add credential: Basic'],
  ['flow', 'New automation'],
  ['account', 'Go to Credentials'],
  ['secret', 'Go to Credentials'],
  ['node', 'Add step'],
  ['action', 'Add step'],
  ['job', 'Run “Morning weather”'],
  ['execution', 'Go to History'],
  ['sample', 'Open the example “Morning weather”'],
  ['examples', 'Open the example “Morning weather”'],
  ['samples', 'Open the example “Morning weather”'],
  ['loops', 'Add a loop'],
])('“%s” finds “%s”', (query, title) => {
  expect(score(query, title)).toBeGreaterThan(0);
});

test('accents and case do not matter', () => {
  expect(score('cafe', 'Café')).toBeGreaterThan(0);
});

test('every word must be found', () => {
  expect(score('twitter banana', 'Twitter')).toBe(0);
});

test('what stands on the screen comes before what is only meant', () => {
  const items = ['Go to Vault', 'Lock the door', 'Passphrase'];
  expect(find('pass', items, (item) => [item])[0]).toBe('Passphrase');
});

test('an empty query keeps everything in its order', () => {
  expect(find('', ['b', 'a'], (item) => [item])).toEqual(['b', 'a']);
});
