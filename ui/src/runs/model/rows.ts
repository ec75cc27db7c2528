/** The steps of a run as lines of a list: nested ones below theirs, the rounds of a loop folded. Pure. */
import type { RunState, StepState } from './fold';

export interface StepLine {
  readonly kind: 'step';
  readonly path: string;
  readonly depth: number;
  readonly step: StepState;
}
export interface RoundLine {
  readonly kind: 'round';
  readonly path: string;
  readonly depth: number;
  readonly number: number;
  readonly isOpen: boolean;
  readonly hasFailed: boolean;
}
/** Stands for rounds, or for steps of one block, that are not listed. `path` is what `Wish.limits` knows it by. */
export interface EarlierLine {
  readonly kind: 'earlier';
  readonly of: 'rounds' | 'steps';
  readonly path: string;
  readonly depth: number;
  readonly hidden: number;
}
export type Line = StepLine | RoundLine | EarlierLine;

export interface Wish {
  /** What the person opened or closed, by path. */
  readonly opened: ReadonlyMap<string, boolean>;
  /** How many rounds of a loop to list, by its path; how many steps of a block, by its path and a `/`. */
  readonly limits: ReadonlyMap<string, number>;
}

export const LISTED = { rounds: 20, steps: 200 };
const FEW_ROUNDS = 3;

export function linesOf(run: RunState, wish: Wish): Line[] {
  const { outline } = run;
  const failedAt = typeof run.error?.path === 'string' ? run.error.path : '';
  return block('', 0);

  function block(blockPath: string, depth: number): Line[] {
    const { shown, earlier } = latest(outline.steps.get(blockPath) ?? [], `${blockPath}/`, depth, 'steps');
    const lines = shown.flatMap((path) => {
      const step = run.steps.get(path);
      return step ? [{ kind: 'step', path, depth, step } as const, ...inside(path, depth + 1)] : [];
    });
    return [...earlier, ...lines];
  }

  function latest(paths: readonly string[], path: string, depth: number, of: EarlierLine['of']) {
    const shown = paths.slice(-(wish.limits.get(path) ?? LISTED[of]));
    const hidden = paths.length - shown.length;
    const earlier: Line[] = hidden > 0 ? [{ kind: 'earlier', of, path, depth, hidden }] : [];
    return { shown, earlier };
  }

  function inside(path: string, depth: number): Line[] {
    const blocks = outline.blocks.get(path) ?? [];
    if (!blocks.some((each) => roundOf(each) !== undefined)) {
      return blocks.flatMap((each) => block(each, depth));
    }
    const { shown, earlier } = latest(blocks, path, depth, 'rounds');
    const count = run.steps.get(path)?.rounds?.total ?? blocks.length;
    return [...earlier, ...shown.flatMap((each) => round(each, depth, count))];
  }

  function round(path: string, depth: number, count: number): Line[] {
    const isOpen = wish.opened.get(path) ?? (count <= FEW_ROUNDS || failedAt.startsWith(`${path}/`));
    const hasFailed = run.failedIn.has(path);
    const line = { kind: 'round', path, depth, number: (roundOf(path) ?? 0) + 1, isOpen, hasFailed } as const;
    return isOpen ? [line, ...block(path, depth + 1)] : [line];
  }
}

function roundOf(blockPath: string): number | undefined {
  const found = /\/loop\[(\d+)\]$/.exec(blockPath);
  return found ? Number(found[1]) : undefined;
}
