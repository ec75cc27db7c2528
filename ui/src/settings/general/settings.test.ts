import { expect, test } from 'vitest';
import { fromSettings, problemsOf, toUpdate } from './settings';

const STORED = {
  theme: 'system' as const,
  xBaseUrl: 'https://api.x.com',
  requestTimeoutSeconds: 60,
  maxResponseBytes: 10 * 1024 * 1024,
  maxRedirects: 10,
  maxLimitWaitSeconds: 900,
  proxyUrl: null,
  allowLinkLocal: false,
  filesFolder: '/srv/files',
  caFile: '',
  autoLockMinutes: 15,
  historyDays: 90,
  historyRuns: 10_000,
};

test('what was read goes back unchanged', () => {
  const { theme: _, autoLockMinutes: __, ...rest } = STORED;
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
  ['maxLimitWaitMinutes', '1441'],
  ['maxResponseMegabytes', ''],
  ['filesFolder', 'files'],
  ['caFile', '../ca.pem'],
  ['historyDays', '0'],
  ['historyRuns', '1.5'],
] as const)('%s cannot be “%s”', (key, value) => {
  expect(Object.keys(problemsOf({ ...fromSettings(STORED), [key]: value }))).toEqual([key]);
});
