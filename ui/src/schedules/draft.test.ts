import { expect, test } from 'vitest';
import type { ScheduleEntry } from '../lib/contract';
import { draftOf, fieldOf, optionsOf, problemsOf, triggerOf } from './draft';

const ZONES = ['Europe/Berlin', 'UTC'];
const entry = (trigger: ScheduleEntry['trigger'], options: ScheduleEntry['options'] = {}) =>
  ({ id: 's', automationId: 'a', trigger, options, state: 'on', when: '', next: [] }) as ScheduleEntry;

test.each([
  [{ kind: 'interval', minutes: 90 }],
  [{ kind: 'interval', minutes: 2880 }],
  [{ kind: 'cron', expression: '0 9 * * 1', zone: 'UTC' }],
  [{ kind: 'once', at: '2090-01-31T18:00', zone: 'Europe/Berlin' }],
  [{ kind: 'programStart' }],
] as const)('%o comes back as it was', (trigger) => {
  const draft = draftOf('Europe/Berlin', entry(trigger));
  expect(triggerOf(draft)).toEqual(trigger);
  expect(problemsOf(draft, ZONES)).toEqual({});
});

test('minutes are told in the largest unit that fits', () => {
  const draft = draftOf('UTC', entry({ kind: 'interval', minutes: 120 }, { graceMinutes: 1440 }));
  expect([draft.every, draft.unit, draft.grace, draft.graceUnit]).toEqual(['2', 'hours', '1', 'days']);
});

test('options come back as they were, and what does not matter is left out', () => {
  const options = { missed: 'runAll', limit: 3, graceMinutes: 30, overlap: 'queue', notifies: true } as const;
  expect(optionsOf(draftOf('UTC', entry({ kind: 'programStart' }, options)))).toEqual(options);
  expect(optionsOf(draftOf('UTC'))).toEqual({ missed: 'runOnce', overlap: 'skip', notifies: false });
});

test('each field says what is wrong with it', () => {
  const wrong = {
    ...draftOf('Nowhere'),
    every: '0.5',
    limit: '0',
    missed: 'runAll',
    grace: '8',
    graceUnit: 'days',
  };
  const draft = wrong as ReturnType<typeof draftOf>;
  expect(Object.keys(problemsOf(draft, ZONES)).sort()).toEqual(['grace', 'limit', 'zone']);
  expect(Object.keys(problemsOf({ ...draft, kind: 'interval' }, ZONES))).toContain('every');
  expect(problemsOf({ ...draft, kind: 'once' }, ZONES).at).toBeDefined();
});

test('a problem of the program stands beside what it is about', () => {
  expect(fieldOf('cron')).toBe('expression');
});
