import { expect, test } from 'vitest';
import { candidates, fitting } from './candidates';
import { AUTOMATION, TYPES } from './document.fixture';
import { complete, concealed, openPlaceholder } from './placeholder';

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
  expect(openPlaceholder('a {{we', 6)).toEqual({ start: 2, query: 'we' });
  expect(openPlaceholder('a {{we}} b', 10)).toBeNull();
  expect(openPlaceholder('{{a}} {{ ', 9)).toEqual({ start: 6, query: '' });
});

test('the name is put in with its braces, and braces that are there are not doubled', () => {
  expect(complete('q={{we', 6, 'weather')).toEqual({ text: 'q={{weather}}', caret: 13 });
  expect(complete('q={{we}}&x', 6, 'weather')).toEqual({ text: 'q={{weather}}&x', caret: 13 });
  expect(complete('no braces', 3, 'weather')).toEqual({ text: 'no braces', caret: 3 });
});

test('a credential is shown as bullets, and what it shows openly as it is', () => {
  expect(concealed('{{credentials.url}}?k={{ credentials.key | upper }}', { url: 'https://a' })).toBe(
    'https://a?k=••••••••',
  );
});
