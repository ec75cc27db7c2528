/** How far a run is, in steps of its first level: reached, of how many, and how much of the bar. Pure. */
import type { RunState, StepState } from './fold';

export interface Progress {
  /** The step it is at, or ended at: counted from 1. */
  readonly reached: number;
  /** Missing when nobody knows: the automation has changed since. */
  readonly total?: number;
  /** 0 to 1. */
  readonly filled: number;
}

/** `planned` is the number of steps the automation has, when it is the one that ran. */
export function progress(run: RunState, planned?: number): Progress {
  const steps: StepState[] = [];
  for (let place = 0; ; place += 1) {
    const step = run.steps.get(String(place));
    if (!step) break;
    steps.push(step);
  }
  const reached = steps.length;
  const total = planned !== undefined && planned >= reached ? planned : undefined;
  if (run.outcome === 'succeeded') return { reached, total, filled: 1 };
  if (!total) return { reached, total, filled: 0 };
  return { reached, total, filled: steps.reduce((sum, step) => sum + share(step), 0) / total };
}

/** A failed step counts whole: the bar goes up to it. Of a loop, the rounds that are over count. */
function share(step: StepState): number {
  if (step.outcome) return 1;
  if (!step.rounds?.total) return 0;
  return Math.max(0, step.rounds.entered - 1) / step.rounds.total;
}
