/** How a run or a step stands, in a word and a tone. */
import type { HistoryEntry, StepFinished } from '../../lib/contract';
import type { RunState } from './fold';

export type Outcome = HistoryEntry['outcome'];
export type Tone = 'success' | 'danger' | 'warning' | 'info' | 'neutral';
export interface Standing {
  readonly tone: Tone;
  readonly text: string;
}

const RUNS: Readonly<Record<Outcome, Standing>> = {
  running: { tone: 'info', text: 'Running' },
  succeeded: { tone: 'success', text: 'Succeeded' },
  failed: { tone: 'danger', text: 'Failed' },
  cancelled: { tone: 'neutral', text: 'Cancelled' },
  interrupted: { tone: 'warning', text: 'Interrupted' },
  missed: { tone: 'warning', text: 'Missed' },
};
const STEPS: Readonly<Record<StepFinished['outcome'], Standing>> = {
  succeeded: { tone: 'success', text: 'Done' },
  failed: { tone: 'danger', text: 'Failed' },
  skipped: { tone: 'neutral', text: 'Skipped' },
  cancelled: { tone: 'neutral', text: 'Cancelled' },
  unknown: { tone: 'warning', text: 'Not known' },
};

export const OUTCOMES = Object.entries(RUNS).map(([value, { text }]) => ({ value: value as Outcome, text }));

/** `isHere`: the run goes on in this program. One that neither goes on nor ended was interrupted. */
export function outcomeOf(run: RunState, isHere: boolean): Outcome {
  return run.outcome ?? (isHere ? 'running' : 'interrupted');
}

export function standingOf(outcome: Outcome): Standing {
  return RUNS[outcome];
}

/** A step without an end goes on, or ended with its run. */
export function stepStanding(outcome: StepFinished['outcome'] | undefined, isLive: boolean): Standing {
  if (outcome) return STEPS[outcome];
  return isLive ? RUNS.running : RUNS.interrupted;
}
