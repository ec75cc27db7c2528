/** How far a run is, in steps of its first level: reached, of how many, and how much of the bar. Pure. */
import type { RunState, StepState } from './fold';

export interface Progress {
  /** The step it is at, or ended at: counted from 1, and from the first one of the automation. */
  readonly reached: number;
  /** How many were run. */
  readonly ran: number;
  /** Missing when nobody knows: the automation has changed since. */
  readonly total?: number;
  /** 0 to 1. */
  readonly filled: number;
}

/** `planned` is the number of steps the automation has, when it is the one that ran. */
export function progress(run: RunState, planned?: number): Progress {
  const paths = run.outline.steps.get('') ?? [];
  const steps = paths.flatMap((path) => run.steps.get(path) ?? []);
  const ran = steps.length;
  // A step that stands in another one was run alone.
  const before = paths[0] && !paths[0].includes('/') ? Number(paths[0]) : 0;
  const reached = before + ran;
  const total = planned !== undefined && planned >= reached ? planned : undefined;
  if (run.outcome === 'succeeded') return { reached, ran, total, filled: 1 };
  if (!total) return { reached, ran, total, filled: 0 };
  return { reached, ran, total, filled: steps.reduce((sum, step) => sum + share(step), before) / total };
}

/** A failed step counts whole: the bar goes up to it. Of a loop, the rounds that are over count. */
function share(step: StepState): number {
  if (step.outcome) return 1;
  if (!step.rounds?.total) return 0;
  return Math.max(0, step.rounds.entered - 1) / step.rounds.total;
}
