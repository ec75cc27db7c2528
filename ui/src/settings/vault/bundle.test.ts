import { expect, test } from 'vitest';
import { bundleProblems } from './bundle';

test('a short passphrase is told at its field', () => {
  expect(bundleProblems({ passphrase: 'eleven-long', again: '' })).toEqual({
    passphrase: 'Take at least 12 characters. Four or five words are good.',
  });
});

test('characters are counted, not halves of them', () => {
  expect(bundleProblems({ passphrase: '🔑'.repeat(11), again: '🔑'.repeat(11) })).toHaveProperty(
    'passphrase',
  );
  expect(bundleProblems({ passphrase: '🔑'.repeat(12), again: '🔑'.repeat(12) })).toEqual({});
});

test('the two have to be the same', () => {
  expect(bundleProblems({ passphrase: 'twelve-chars', again: 'twelve-chart' })).toEqual({
    again: 'The two are not the same. Enter it again.',
  });
});
