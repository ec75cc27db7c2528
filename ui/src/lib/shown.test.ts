import { expect, test } from 'vitest';
import { shown, withShownNames } from './shown';

test.each([
  ['Weather\u202egnp.exe', 'Weather\\u202egnp.exe'],
  ['a\u2066b\u2069', 'a\\u2066b\\u2069'],
  ['\u001b[31m', '\\u001b[31m'],
  ['a\u2028b\u0085', 'a\\u2028b\\u0085'],
])('what turns or steers is written out: %j', (text, expected) => {
  expect(shown(text)).toBe(expected);
});

test.each(['שלום', 'مرحبا\u200f', 'two\nlines\tand a tab', '日本 ☀️ é'])('other text stays: %j', (text) => {
  expect(shown(text)).toBe(text);
});

test('names in lists are shown, and values are not touched', () => {
  const listed = { rows: [{ name: '\u202e', id: '\u202e', kept: { name: '\u202ex' } }] };
  const expected = { rows: [{ name: '\\u202e', id: '\u202e', kept: { name: '\\u202ex' } }] };
  expect(withShownNames('automations.list', listed)).toEqual(expected);
});

test('a document is what it is: it is saved again', () => {
  const document = { document: { name: '\u202e' } };
  expect(withShownNames('automations.get', document)).toBe(document);
});
