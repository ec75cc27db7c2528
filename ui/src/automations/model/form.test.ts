import { expect, test } from 'vitest';
import type { StepType } from '../../lib/contract';
import { fieldsIn, fieldsOf, joined, newFields, type Schema, started } from './fields';
import { offers } from './offers';
import { summary } from './summary';
import { fromPairs, listOf, meant, pairsOf } from './value';

const API_CALL: StepType = {
  type: 'apiCall',
  group: 'services',
  title: 'API call',
  description: 'Calls any HTTP API and keeps its answer.',
  icon: 'globe',
  schema: {
    type: 'object',
    properties: {
      method: { type: 'string', enum: ['GET', 'POST'], default: 'GET' },
      url: { title: 'URL', type: 'string', examples: ['https://example.com'] },
      headers: { type: 'object' },
      body: { type: ['object', 'string'], properties: { json: {} }, maxProperties: 1 },
      timeoutSeconds: { type: 'number' },
      storeAs: { type: 'string', pattern: '^a$' },
      condition: { $ref: '../automation.schema.json#/$defs/condition' },
      then: { type: 'array' },
    },
    required: ['url', 'condition'],
  },
  blocks: ['then'],
  requestFields: ['url'],
  credentialTypes: ['*'],
};

test('each property becomes the field that fits it; blocks are none', () => {
  expect(fieldsOf(API_CALL).map((field) => `${field.key} ${field.kind}`)).toEqual([
    'method choice',
    'url text',
    'headers pairs',
    'body one',
    'timeoutSeconds number',
    'storeAs name',
    'condition condition',
  ]);
});

const PAGES: Schema = {
  properties: {
    kind: { enum: ['link', 'cursor'], default: 'link' },
    parameter: { type: 'string' },
    parts: { type: 'array', items: { properties: { name: { type: 'string' } }, required: ['name'] } },
    options: { type: 'array', items: { type: 'string' } },
    errors: { type: 'array', items: { type: 'string', enum: ['timeout'] } },
  },
  allOf: [{ if: { properties: { kind: { const: 'cursor' } } }, then: { required: ['parameter'] } }],
};

test('what a branch asks for is shown while the branch is open, or while it has a value', () => {
  const keys = (values: Record<string, string>) => fieldsIn(PAGES, values).map((field) => field.key);
  expect(keys({})).not.toContain('parameter');
  expect(keys({ parameter: 'p' })).toContain('parameter');
  expect(fieldsIn(PAGES, { kind: 'cursor' }).find((field) => field.key === 'parameter')?.isRequired).toBe(
    true,
  );
});

test('lists become fields by what is in them, and a new entry has what is required', () => {
  const [parts, options, errors] = fieldsIn(PAGES).slice(1);
  expect([parts?.kind, options?.kind, errors?.kind]).toEqual(['objects', 'texts', 'choices']);
  expect(errors?.choices).toEqual(['timeout']);
  expect(parts && started(fieldsIn(parts.inner))).toEqual({ name: '' });
});

test('a problem inside a field is found by its path', () => {
  expect(joined('retry', 'attempts')).toBe('retry.attempts');
  expect(joined('pollOptions', '[1]')).toBe('pollOptions[1]');
  expect(joined('body', '')).toBe('body');
});

test('what is seldom needed is shown only when asked for', () => {
  expect(
    fieldsOf(API_CALL)
      .filter((field) => field.isExtra)
      .map((field) => field.key),
  ).toEqual(['timeoutSeconds']);
});

test('a new step has what its schema requires, and empty blocks', () => {
  expect(newFields(API_CALL)).toEqual({
    method: 'GET',
    url: '',
    condition: { left: '', operator: 'equals', right: '' },
    then: [],
  });
});

test.each([
  ['http', 'apiCall'],
  ['request', 'apiCall'],
  ['node', 'apiCall'],
])('%s finds the API call', (query, type) => {
  expect(offers([API_CALL], query).flatMap((offer) => offer.types.map((each) => each.type))).toEqual([type]);
});

test('a search that fits nothing offers nothing', () => {
  expect(offers([API_CALL], 'teapot')).toEqual([]);
});

test('numbers that survive a round trip and JSON are typed, the rest stays text', () => {
  expect([meant('300'), meant('007'), meant('1e3'), meant('[1]'), meant('{{x}}'), meant('[x')]).toEqual([
    300,
    '007',
    '1e3',
    [1],
    '{{x}}',
    '[x',
  ]);
});

test('a name that stands twice becomes a list, and a list two lines', () => {
  const pairs = [
    ['a', '1'],
    ['a', '2'],
    ['', 'lost'],
  ] as const;
  expect(fromPairs(pairs)).toEqual({ a: ['1', '2'] });
  expect(pairsOf({ a: ['1', '2'] })).toEqual([
    ['a', '1'],
    ['a', '2'],
  ]);
  expect(fromPairs([])).toBeUndefined();
});

test('statuses are numbers and ranges', () => {
  expect(listOf('200, 300-399')).toEqual([200, '300-399']);
});

test.each([
  [{ type: 'apiCall', method: 'POST', url: 'https://a', storeKey: 'b' }, 'POST https://a → b'],
  [{ type: 'if', condition: { left: '{{a.b}}', operator: 'lessThan', right: 5 } }, 'a.b < 5'],
  [{ type: 'if', condition: { all: [{ left: '{{a}}', operator: 'exists' }] } }, 'a exists'],
  [{ type: 'setVariable', variableName: 'text', value: 'Cold' }, 'text = “Cold”'],
  [{ type: 'forEach', items: '{{list}}', itemVariable: 'item' }, 'item in list'],
  [{ type: 'wait', value: 5 }, '5 seconds'],
  [{ type: 'stop' }, ''],
  [{ type: 'unknown' }, ''],
])('%j is summed up as %s', (step, expected) => {
  expect(summary({ id: 'x', ...step } as never)).toBe(expected);
});
