import { expect, test } from 'vitest';
import { entered, newPair } from './draft';
import { fieldsOf } from './schema';
import { pairProblems, problemOf } from './validate';

function field(own: Record<string, string | number | boolean>, isRequired = true) {
  const schema = {
    properties: { it: { type: 'string', title: 'It', ...own } },
    required: isRequired ? ['it'] : [],
  };
  return fieldsOf(schema, {})[0] ?? expect.unreachable();
}
const typed = (text: string) => ({ ...entered(), text });

test('a required field must be there, an optional one need not', () => {
  expect(problemOf(field({}), typed(''))).toBe('Enter the It.');
  expect(problemOf(field({}, false), typed(''))).toBe('');
});

test('a required secret that is stored may be left empty, but not cleared', () => {
  const stored = entered({ set: true, secret: true });
  expect(problemOf(field({ writeOnly: true }), stored)).toBe('');
  expect(problemOf(field({ writeOnly: true }), { ...stored, isCleared: true })).not.toBe('');
});

test('bullets that were sent back are not a secret', () => {
  expect(problemOf(field({ writeOnly: true }), typed('••••••••'))).toContain('bullets');
});

test.each([
  ['https://api.example.com/', true],
  ['http://127.0.0.1:8765/callback', true],
  ['api.example.com', false],
])('%s is an address: %s', (text, isOne) => {
  expect(problemOf(field({ format: 'uri' }), typed(text)) === '').toBe(isOne);
});

test.each([
  ['7', true],
  ['7.5', false],
  ['0', false],
  ['seven', false],
])('%s is a whole number from 1: %s', (text, isOne) => {
  expect(problemOf(field({ type: 'integer', minimum: 1 }), typed(text)) === '').toBe(isOne);
});

test('two fields of the user’s own cannot share a name', () => {
  const pairs = [newPair('token'), newPair('token')];
  for (const pair of pairs) pair.entered.text = 'x';
  expect(Object.values(pairProblems(pairs))).toEqual(['Another field is named token.']);
});

test('a row that was left empty is no mistake', () => {
  expect(pairProblems([newPair()])).toEqual({});
});

test('a secret is shown only after it was entered again', () => {
  const pair = newPair('token', { set: true, secret: true });
  pair.isSecret = false;
  expect(pairProblems([pair])[pair.id]).toContain('again');
  pair.entered.text = 'new';
  expect(pairProblems([pair])).toEqual({});
});
