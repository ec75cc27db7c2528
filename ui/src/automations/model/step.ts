/** The document of an automation as the editor holds it. Nothing in it is changed in place. */
import type { Json, StepType } from '../../lib/contract';

export interface Step {
  readonly id: string;
  readonly type: string;
  readonly [key: string]: Json;
}

export type Steps = readonly Step[];

export interface Automation {
  readonly id: string;
  readonly name: string;
  readonly steps: Steps;
  readonly [key: string]: unknown;
}

/** Which fields of a type hold steps, in the order they are shown. */
export type Blocks = (type: string) => readonly string[];

/** Where a step stands: `parentId` is null for the outermost list, whose block is `steps`. */
export interface Place {
  readonly parentId: string | null;
  readonly block: string;
  readonly index: number;
}

export interface Found {
  readonly step: Step;
  readonly place: Place;
  /** As the checks write it: `steps[2].then[0]`. */
  readonly path: string;
  readonly ancestors: Steps;
}

export const ROOT_BLOCK = 'steps';

export function blocksOf(types: readonly StepType[]): Blocks {
  const known = new Map(types.map((type) => [type.type, type.blocks]));
  return (type) => known.get(type) ?? [];
}

/** The steps in one block; none when the file leaves the block out. */
export function stepsIn(step: Step, block: string): Steps {
  const value = step[block];
  return Array.isArray(value) ? (value as unknown as Steps) : [];
}

const SELDOM_BLOCKS: ReadonlySet<string> = new Set(['elseIf', 'finally']);
/** The block whose steps are conditions that are tried in turn. */
export const IN_TURN = 'elseIf';

/** The blocks of a step as the list shows them. Those that are seldom wanted only when there is something in them. */
export function shownBlocks(step: Step, blocks: Blocks, around: string): readonly string[] {
  // What is tried in turn has a condition and its own steps; the outer one has the rest.
  const isHidden = (block: string) => SELDOM_BLOCKS.has(block) || (around === IN_TURN && block !== 'then');
  return blocks(step.type).filter((block) => stepsIn(step, block).length > 0 || !isHidden(block));
}

/** Blocks that a step could have and does not show. */
export function hiddenBlocks(step: Step, blocks: Blocks, around: string): readonly string[] {
  const shown = shownBlocks(step, blocks, around);
  return around === IN_TURN ? [] : blocks(step.type).filter((block) => !shown.includes(block));
}

export function withBlock(step: Step, block: string, steps: Steps): Step {
  return { ...step, [block]: steps as unknown as Json };
}

/** A field's new value; undefined takes the field away. */
export function withField(step: Step, key: string, value: Json | undefined): Step {
  const { [key]: _, ...rest } = step;
  return (value === undefined ? rest : { ...step, [key]: value }) as Step;
}

/** Compares what two documents say; the order of the keys and the time of the save do not matter. */
export function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (key, found: unknown) => {
    if (key === 'updatedAt') return undefined;
    if (found === null || typeof found !== 'object' || Array.isArray(found)) return found;
    return Object.fromEntries(Object.entries(found).sort(([x], [y]) => (x < y ? -1 : 1)));
  });
}
