import { expect, test } from 'vitest';
import type { ScheduleEntry } from '../lib/contract';
import { together, until } from './words';

const entry = (state: ScheduleEntry['state'], ...times: number[]) =>
  ({ state, next: times.map((at) => ({ at, words: '' })) }) as ScheduleEntry;

test('of several schedules the one that matters is told, and the nearest time', () => {
  expect(together([entry('off'), entry('on', 20, 30), entry('on', 10)])).toEqual({ state: 'on', next: 10 });
  expect(together([entry('on', 5), entry('waitingForUnlock', 9)])).toEqual({
    state: 'waitingForUnlock',
    next: 5,
  });
  expect(together([entry('off')])).toEqual({ state: 'off' });
  expect(together([])).toBeUndefined();
});

test('a time to come is told from now', () => {
  const now = new Date('2026-03-10T12:00:00Z');
  expect(until(now.getTime() / 1000 + 7200, now)).toBe('in 2 hours');
  expect(until(now.getTime() / 1000 + 20, now)).toBe('now');
});
