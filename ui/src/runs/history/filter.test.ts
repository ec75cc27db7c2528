import { expect, test } from 'vitest';
import type { HistoryEntry } from '../../lib/contract';
import { isEmpty, merged, NO_FILTER, wanted } from './filter';

const entry = (startedAt: number, outcome = 'succeeded') =>
  ({ runId: `r${startedAt}`, startedAt, outcome }) as HistoryEntry;

test('nothing chosen asks for everything', () => {
  expect(isEmpty(NO_FILTER)).toBe(true);
  expect(wanted(NO_FILTER)).toEqual({});
});

test('both days are part of the time', () => {
  const asked = wanted({ ...NO_FILTER, from: '2026-01-31', to: '2026-01-31' });
  expect(asked.since).toBe(new Date(2026, 0, 31).getTime() / 1000);
  expect(asked.before).toBe(new Date(2026, 1, 1).getTime() / 1000);
});

test('the next page begins before the last run, within the time', () => {
  const filter = { ...NO_FILTER, to: '2026-01-31', text: ' news ' };
  expect(wanted(filter, 5)).toEqual({ text: 'news', before: 5 });
  expect(wanted({ ...filter, to: 'soon' })).toEqual({ text: 'news' });
});

test('the newest page replaces what it covers and leaves what is below', () => {
  const shown = [entry(5, 'running'), entry(4), entry(3), entry(2), entry(1)];
  const page = [entry(6), entry(5, 'failed'), entry(3)];
  expect(merged(shown, page, 3).map(({ startedAt }) => startedAt)).toEqual([6, 5, 3, 2, 1]);
  expect(merged(shown, page, 3)[1]?.outcome).toBe('failed');
});

test('a page that is not full is all there is', () => {
  expect(merged([entry(2), entry(1)], [entry(2)], 3)).toEqual([entry(2)]);
});
