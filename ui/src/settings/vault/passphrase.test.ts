import { expect, test } from 'vitest';
import { Refusal } from '../../lib/api';
import { passphraseProblems, passphraseWords } from './passphrase';

const entered = (own = {}) => ({ current: 'old', wanted: 'new words', again: 'new words', ...own });

test('a complete form has no problem', () => {
  expect(passphraseProblems('change', entered())).toEqual({});
});

test('the present passphrase is asked for only where there is one', () => {
  expect(passphraseProblems('set', entered({ current: '' }))).toEqual({});
  expect(Object.keys(passphraseProblems('remove', entered({ current: '' })))).toEqual(['current']);
});

test('the two new ones must agree', () => {
  expect(Object.keys(passphraseProblems('set', entered({ again: 'new word' })))).toEqual(['again']);
});

test('a wrong passphrase is told without the command line', () => {
  const refusal = new Refusal({ code: 'vault.wrong_key', message: 'No.', hint: 'See `loopi vault status`.' });
  expect(passphraseWords(refusal)).not.toContain('loopi');
});
