import { expect, test } from 'vitest';
import type { Json } from '../lib/contract';
import { allFieldsOf, fieldsOf, listOf } from './schema';

const BRANCHED: Record<string, Json> = {
  type: 'object',
  properties: {
    mode: { enum: ['token', 'login'], title: 'Mode' },
    token: { type: 'string', title: 'Token', writeOnly: true },
  },
  required: ['mode'],
  allOf: [
    { if: { properties: { mode: { const: 'token' } }, required: ['mode'] }, then: { required: ['token'] } },
    {
      if: { properties: { mode: { const: 'login' } }, required: ['mode'] },
      then: { properties: { user: { type: 'string', title: 'User' } }, required: ['user'] },
    },
  ],
};

const required = (values: Record<string, string>) =>
  fieldsOf(BRANCHED, values)
    .filter((field) => field.isRequired)
    .map((field) => field.key);

test('a branch requires its fields only while its value is chosen', () => {
  expect(required({})).toEqual(['mode']);
  expect(required({ mode: 'token' })).toEqual(['mode', 'token']);
  expect(required({ mode: 'login' })).toEqual(['mode', 'user']);
});

test('the fields of a closed branch are not shown, but known', () => {
  expect(fieldsOf(BRANCHED, {}).map((field) => field.key)).toEqual(['mode', 'token']);
  expect(allFieldsOf(BRANCHED).map((field) => field.key)).toEqual(['mode', 'token', 'user']);
});

test('what is secret in one branch is secret everywhere', () => {
  const schema = {
    properties: { mode: { type: 'string' }, code: { type: 'string' } },
    allOf: [
      { if: { properties: { mode: { const: 'a' } } }, then: { properties: { code: { writeOnly: true } } } },
    ],
  };
  expect(fieldsOf(schema, { mode: 'b' }).find((field) => field.key === 'code')?.isSecret).toBe(true);
});

test('the order of the schema is the order of the form', () => {
  const schema = { properties: { b: { type: 'string' }, a: { type: 'integer' } }, required: ['a'] };
  expect(fieldsOf(schema, {}).map(({ key, kind }) => [key, kind])).toEqual([
    ['b', 'string'],
    ['a', 'integer'],
  ]);
});

test('a list of named values is no field, but a list', () => {
  const schema = { properties: { fields: { type: 'array', title: 'Fields', description: 'Yours.' } } };
  expect(fieldsOf(schema, {})).toEqual([]);
  expect(listOf(schema)).toEqual({ key: 'fields', title: 'Fields', description: 'Yours.' });
});
