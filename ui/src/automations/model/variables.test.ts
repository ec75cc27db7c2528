import { expect, test } from 'vitest';
import { AUTOMATION, TYPES } from './document.fixture';
import { type Automation, blocksOf, type Step } from './step';
import { asKind, freeName, kindOf, nameProblem, renamed, usersOf, variablesOf } from './variables';

const blocks = blocksOf(TYPES);
const step = (id: string, more: object) => ({ id, type: 'apiCall', ...more }) as unknown as Step;
const USING: Automation = {
  ...AUTOMATION,
  steps: [
    step('a', { url: 'https://h/{{ city | upper }}?q={{ "city" }}&x={{other.city}}', storeKey: 'city' }),
    {
      id: 'b',
      type: 'if',
      then: [step('c', { body: { json: { in: ['{{city.name}}'] } } })],
    } as unknown as Step,
    step('d', { url: 'https://city/{{ cities | city }}' }),
  ],
};

test('the steps that name a variable are found, nested ones and those that set it', () => {
  expect(usersOf('city', USING.steps, blocks).map(({ id }) => id)).toEqual(['a', 'c']);
});

test('a new name goes wherever the old one was meant, and nowhere else', () => {
  const next = renamed(USING, 'city', 'town');
  expect(variablesOf(next)).toEqual({ town: 'London' });
  expect(next.steps[0]).toMatchObject({
    url: 'https://h/{{ town | upper }}?q={{ "city" }}&x={{other.city}}',
    storeKey: 'town',
  });
  expect(JSON.stringify(next.steps[1])).toContain('{{town.name}}');
  expect(next.steps[2]).toEqual(USING.steps[2]);
});

test.each([
  ['12', 'number', 12],
  ['x', 'number', 0],
  [true, 'text', 'true'],
  ['[1]', 'json', [1]],
  ['a', 'json', ['a']],
  ['true', 'boolean', true],
] as const)('%j as %s is %j', (value, kind, made) => {
  expect(asKind(value, kind)).toEqual(made);
  expect(kindOf(made as never)).toBe(kind);
});

test('a name must be one that a placeholder can spell, that means nothing else and is free', () => {
  for (const name of ['', '1a', 'a-b', 'steps', 'city']) expect(nameProblem(name, ['city'])).not.toBe('');
  expect(nameProblem('town', ['city'])).toBe('');
  expect(freeName(['variable1'])).toBe('variable2');
});
