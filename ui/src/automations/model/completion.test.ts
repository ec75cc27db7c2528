import { expect, test } from 'vitest';
import type { RunEvent } from '../../lib/contract';
import { candidates, fitting } from './candidates';
import { AUTOMATION, TYPES } from './document.fixture';
import { leftBy, mentioned, pathsIn, valuesFor } from './known';
import { complete, openPlaceholder } from './placeholder';
import { blocksOf, type Step } from './step';

const names = (stepId: string, credentialFields: string[] = []) =>
  candidates(AUTOMATION, TYPES, { stepId, credentialFields }).map(({ name }) => name);

test('the first step knows the variables only', () => {
  expect(names('weather')).toEqual(['city']);
});

test('a step knows what earlier steps made, nearest first, and nothing of later ones', () => {
  expect(names('say')).toEqual([
    'weatherData',
    'city',
    'steps.weather.data',
    'steps.weather.status',
    'steps.weather.headers',
    'steps.weather.url',
  ]);
});

test('a step in a loop knows the item and the round', () => {
  expect(names('tell').slice(0, 2)).toEqual(['item', 'loopIndex']);
  expect(names('hot')).not.toContain('item');
});

test('credential fields come first where they are allowed', () => {
  expect(names('weather', ['apiKey'])).toEqual(['credentials.apiKey', 'city']);
});

test('beginnings come before names that only hold what was typed', () => {
  const all = [
    { name: 'steps.weather.data', from: '' },
    { name: 'weatherData', from: '' },
  ];
  expect(fitting(all, 'weather').map(({ name }) => name)).toEqual(['weatherData', 'steps.weather.data']);
});

test('a placeholder is open from its braces to the caret', () => {
  expect(openPlaceholder('a {{we', 6)).toEqual({ start: 2, query: 'we', isFilter: false });
  expect(openPlaceholder('a {{we}} b', 10)).toBeNull();
  expect(openPlaceholder('{{a}} {{ ', 9)).toEqual({ start: 6, query: '', isFilter: false });
});

test('the name is put in with its braces, and braces that are there are not doubled', () => {
  expect(complete('q={{we', 6, 'weather')).toEqual({ text: 'q={{weather}}', caret: 13 });
  expect(complete('q={{we}}&x', 6, 'weather')).toEqual({ text: 'q={{weather}}&x', caret: 13 });
  expect(complete('no braces', 3, 'weather')).toEqual({ text: 'no braces', caret: 3 });
});

test('after a bar stands a filter, and what is around it stays', () => {
  expect(openPlaceholder('a {{ b | up', 11)).toEqual({ start: 2, query: 'up', isFilter: true });
  expect(openPlaceholder('{{ | up', 7)).toBeNull();
  expect(complete('{{ b | up', 9, 'upper')).toEqual({ text: '{{ b | upper}}', caret: 14 });
  expect(complete('{{ b | up }} c', 9, 'upper')).toEqual({ text: '{{ b | upper}} c', caret: 14 });
  expect(complete('{{ci | upper}}', 4, 'city')).toEqual({ text: '{{city | upper}}', caret: 6 });
});

const LEFT = leftBy([
  { type: 'RunStarted', variables: { city: 'Rome' } },
  {
    type: 'StepFinished',
    stepId: 'weather',
    outcome: 'succeeded',
    storedAs: 'weatherData',
    output: { status: 200, data: { main: { temp: 21 } } },
  },
  { type: 'StepFinished', stepId: 'broken', outcome: 'failed', output: {} },
] as unknown as RunEvent[]);

test('a run leaves its variables, and the outputs of the steps that succeeded', () => {
  expect(LEFT).toEqual({
    city: 'Rome',
    weatherData: { main: { temp: 21 } },
    steps: { weather: { status: 200, data: { main: { temp: 21 } } } },
  });
});

test('the paths in what the last run left are offered with the values they had', () => {
  const found = candidates(AUTOMATION, TYPES, { stepId: 'say', credentialFields: [], known: LEFT });
  expect(found).toContainEqual({ name: 'weatherData.main.temp', from: '21' });
  expect(found).toContainEqual({ name: 'steps.weather.data.main', from: 'Object' });
});

test('a key that no placeholder can spell is not offered, and of a list the first item is', () => {
  const paths = pathsIn('a', { 'x-y': 1, list: [{ b: 2 }, { b: 3 }] }).map(({ path }) => path);
  expect(paths).toEqual(['a.list', 'a.list[0]', 'a.list[0].b']);
});

test('no more of a run is sent than the step mentions', () => {
  expect(mentioned({ url: '{{weatherData.main.temp}}' }, LEFT)).toEqual({
    weatherData: { main: { temp: 21 } },
    steps: {},
  });
});

test('first values go over those of the last run, and the first item stands for each of a loop', () => {
  const each = {
    id: 'each',
    type: 'forEach',
    items: '{{list}}',
    itemVariable: 'item',
    steps: [{ id: 'in', type: 'apiCall' }],
  };
  const automation = { ...AUTOMATION, steps: [each as unknown as Step] };
  const values = valuesFor(automation, 'in', { ...LEFT, list: ['a', 'b'] }, blocksOf(TYPES));
  expect([values.city, values.item, values.loopIndex]).toEqual(['London', 'a', 0]);
});
