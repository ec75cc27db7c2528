import { expect, test } from 'vitest';
import { fromSettings, problemsOf, toUpdate } from './settings';

const STORED = {
  theme: 'system' as const,
  xBaseUrl: 'https://api.x.com',
  requestTimeoutSeconds: 60,
  maxResponseBytes: 10 * 1024 * 1024,
  maxRedirects: 10,
  proxyUrl: null,
  allowLinkLocal: false,
};

test('what was read goes back unchanged', () => {
  const { theme: _, ...rest } = STORED;
  expect(toUpdate(fromSettings(STORED))).toEqual({ ...rest, proxyUrl: '' });
});

test('the settings as they come have no problem', () => {
  expect(problemsOf(fromSettings(STORED))).toEqual({});
});

test.each([
  ['xBaseUrl', 'api.x.com'],
  ['xBaseUrl', 'https://user:word@api.x.com'],
  ['proxyUrl', 'socks'],
  ['requestTimeoutSeconds', '0'],
  ['maxRedirects', '2.5'],
  ['maxResponseMegabytes', ''],
] as const)('%s cannot be “%s”', (key, value) => {
  expect(Object.keys(problemsOf({ ...fromSettings(STORED), [key]: value }))).toEqual([key]);
});
