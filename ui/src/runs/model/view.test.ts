import { expect, test } from 'vitest';
import { duration, elapsed, size } from './duration';
import { fold } from './fold';
import { lineOf } from './log';
import { outcomeOf, stepStanding } from './outcome';
import { progress } from './progress';
import { type Line, linesOf, type Wish } from './rows';
import { events, failingLoop } from './sample';

const NO_WISH: Wish = { opened: new Map(), limits: new Map() };
const short = (line: Line) => `${line.kind} ${line.path}`;

function loopOf(count: number) {
  const rounds = Array.from({ length: count }, (_, index) => [
    { type: 'LoopEntered', path: `0/loop[${index}]`, index, total: count } as const,
    {
      type: 'StepStarted',
      path: `0/loop[${index}]/0`,
      stepId: 's',
      stepType: 'wait',
      description: '',
    } as const,
  ]);
  return fold(
    events(
      { type: 'StepStarted', path: '0', stepId: 'l', stepType: 'forEach', description: '' },
      ...rounds.flat(),
    ),
  );
}

test('the bar of a failed run ends at the step that failed', () => {
  expect(progress(fold(failingLoop()), 4)).toEqual({ reached: 1, ran: 1, total: 4, filled: 0.25 });
});

test('the rounds of a loop that are over fill the bar', () => {
  expect(progress(fold(failingLoop().slice(0, 9)), 1)).toEqual({
    reached: 1,
    ran: 1,
    total: 1,
    filled: 0.25,
  });
});

test('an automation that has changed since tells no number of steps', () => {
  expect(progress(fold(failingLoop()), 0)).toEqual({ reached: 1, ran: 1, total: undefined, filled: 0 });
});

const started = (path: string) =>
  ({ type: 'StepStarted', path, stepId: 's', stepType: 'wait', description: '' }) as const;

test('a run that begins in the middle counts from the first step', () => {
  const run = fold(events(started('2'), started('3')));
  expect(progress(run, 5)).toEqual({ reached: 4, ran: 2, total: 5, filled: 0.4 });
});

test('a step that was run alone stands at the top, with what is in it', () => {
  const run = fold(events(started('1/loop[2]/0'), started('1/loop[2]/0/then/0')));
  const found = linesOf(run, NO_WISH).map((line) => `${line.depth} ${short(line)}`);
  expect(found).toEqual(['0 step 1/loop[2]/0', '1 step 1/loop[2]/0/then/0']);
  expect(progress(run)).toMatchObject({ reached: 1, ran: 1 });
});

test('the round with the failure is open, and its steps stand below it', () => {
  const found = linesOf(fold(failingLoop()), NO_WISH).map(short);
  expect(found).toEqual(['step 0', 'round 0/loop[0]', 'round 0/loop[1]', 'step 0/loop[1]/0']);
});

test('a round that was closed hides its steps, even the failed one', () => {
  const wish: Wish = { ...NO_WISH, opened: new Map([['0/loop[1]', false]]) };
  expect(linesOf(fold(failingLoop()), wish).map(short)).not.toContain('step 0/loop[1]/0');
});

test('the rounds of a short loop are open', () => {
  expect(linesOf(loopOf(3), NO_WISH).filter(({ kind }) => kind === 'step')).toHaveLength(4);
  expect(linesOf(loopOf(4), NO_WISH).filter(({ kind }) => kind === 'step')).toHaveLength(1);
});

test('of a long loop only the last rounds are listed, closed', () => {
  const lines = linesOf(loopOf(500), NO_WISH);
  expect(lines[1]).toEqual({ kind: 'earlier', of: 'rounds', path: '0', depth: 1, hidden: 480 });
  expect(lines).toHaveLength(22);
  expect(lines[21]).toMatchObject({ kind: 'round', number: 500, isOpen: false });
});

test('the log says what was sent, answered and wrong', () => {
  const all = failingLoop();
  const run = fold(all);
  const lines = all.map((event) => lineOf(event, run, () => 'For each'));
  expect(lines.map((line) => line && `${line.where}: ${line.text}`).filter(Boolean)).toEqual([
    'Run: Started',
    'For each: Round 1 of 4',
    'Ask: GET http://h/?key=••••••••',
    'Ask: Answer 200, 512 bytes, 392 ms',
    'Ask: Kept as temp',
    'For each: Round 2 of 4',
    'Ask: Attempt 1 failed: The server answered 403. Next try in 2.0 s.',
    'Ask: Failed: The server answered 403.',
    'Run: Failed after 12 s',
  ]);
});

test('a run without an end that does not go on was interrupted', () => {
  const run = fold(failingLoop().slice(0, 5));
  expect(outcomeOf(run, true)).toBe('running');
  expect(outcomeOf(run, false)).toBe('interrupted');
  expect(stepStanding(undefined, false).text).toBe('Interrupted');
});

test('lengths and sizes are said as a person says them', () => {
  expect([0.0404, 3.21, 59.7, 125, 3780].map(duration)).toEqual([
    '40 ms',
    '3.2 s',
    '1 min 0 s',
    '2 min 5 s',
    '1 h 3 min',
  ]);
  expect([0.9, 9.9, 61].map(elapsed)).toEqual(['0 s', '9 s', '1 min 1 s']);
  expect([1, 512, 1536, 12_000_000].map(size)).toEqual(['1 byte', '512 bytes', '1.5 kB', '12 MB']);
});

test('of many steps in a row the last ones are listed, and more on request', () => {
  const steps = Array.from({ length: 1000 }, (_, index) => ({
    type: 'StepStarted' as const,
    path: String(index),
    stepId: `s${index}`,
    stepType: 'wait',
    description: '',
  }));
  const run = fold(events(...steps));
  expect(linesOf(run, NO_WISH)[0]).toMatchObject({ kind: 'earlier', of: 'steps', path: '/', hidden: 800 });
  expect(linesOf(run, { ...NO_WISH, limits: new Map([['/', 1000]]) })).toHaveLength(1000);
});
