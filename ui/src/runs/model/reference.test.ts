import { expect, test } from 'vitest';
import { isRedacted, outputOf, placeholder, within } from './reference';

test('a value is named by the keys and places that lead to it', () => {
  const data = within(outputOf({ stepId: 'ask' }), 'data');
  expect(placeholder(within(within(data, 'list'), 0))).toBe('{{steps.ask.data.list[0]}}');
});

test('a key that is no name is quoted', () => {
  expect(within('steps.ask.headers', 'x-id')).toBe('steps.ask.headers["x-id"]');
  expect(outputOf({ stepId: 'my-step' })).toBe('steps["my-step"]');
  expect(within('a', 'say "hi"')).toBe('a["say \\"hi\\""]');
});

test('what was a secret is no value to use', () => {
  expect(isRedacted('Bearer ••••••••')).toBe(true);
  expect(isRedacted(5)).toBe(false);
});
