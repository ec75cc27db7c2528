import { expect, test } from 'vitest';
import { EMPTY, fold } from './fold';
import { events, FAILURE, failingLoop } from './sample';

test('folding in two parts gives the same as folding at once', () => {
  const all = failingLoop();
  const whole = fold(all);
  for (let cut = 0; cut <= all.length; cut += 1) {
    expect(fold(all.slice(cut), fold(all.slice(0, cut)))).toEqual(whole);
  }
});

test('folding leaves the state it began with as it was', () => {
  const before = fold(failingLoop().slice(0, 4));
  const copy = structuredClone(before);
  fold(failingLoop().slice(4), before);
  expect(before).toEqual(copy);
  expect(EMPTY.steps.size).toBe(0);
});

test('a step holds its request, its answer, its output and its attempts', () => {
  const { steps } = fold(failingLoop());
  const first = steps.get('0/loop[0]/0');
  expect(first?.exchanges).toHaveLength(1);
  expect(first?.exchanges[0]?.response?.status).toBe(200);
  expect(first?.output).toEqual({ data: 3 });
  const second = steps.get('0/loop[1]/0');
  expect(second?.attempts).toBe(2);
  expect(second?.error).toEqual(FAILURE);
});

test('a run holds its outcome, its error and its variables', () => {
  const run = fold(failingLoop());
  expect(run).toMatchObject({ name: 'Weather', outcome: 'failed', startedAt: 1000, finishedAt: 1012 });
  expect(run.error).toEqual({ ...FAILURE, path: '0/loop[1]/0' });
  expect(run.variables).toEqual({ city: 'London', temp: 3 });
  expect(run.nextSeq).toBe(13);
});

test('a loop knows how many of its rounds began', () => {
  expect(fold(failingLoop()).steps.get('0')?.rounds).toEqual({ entered: 2, total: 4 });
});

test('a disabled step finishes without having started', () => {
  const run = fold(
    events({
      type: 'StepFinished',
      path: '0',
      stepId: 's',
      outcome: 'skipped',
      output: {},
      storedAs: null,
      error: null,
    }),
  );
  expect(run.steps.get('0')).toMatchObject({
    stepId: 's',
    outcome: 'skipped',
    startedAt: 1000,
    finishedAt: 1000,
  });
});

test('what is stored without data is nothing', () => {
  const run = fold(
    events({
      type: 'StepFinished',
      path: '0',
      stepId: 's',
      outcome: 'succeeded',
      output: {},
      storedAs: 'x',
      error: null,
    }),
  );
  expect(run.variables).toEqual({ x: null });
});
