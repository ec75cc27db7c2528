/** What may stand in a placeholder of a step: variables, outputs of earlier steps, credential fields. Pure. */
import type { Json, StepType } from '../../lib/contract';
import { type Known, pathsIn } from './known';
import { type Automation, type Blocks, blocksOf, type Found, type Step } from './step';
import { walk } from './tree';

export interface Candidate {
  readonly name: string;
  /** Where it comes from, in words. */
  readonly from: string;
}

const OUTPUTS: Readonly<Record<string, readonly string[]>> = {
  apiCall: ['data', 'status', 'headers', 'url'],
};

export interface Wanted {
  readonly stepId: string;
  /** Fields of the step's credential, where they are allowed. */
  readonly credentialFields: readonly string[];
  /** What the names held in the last run. */
  readonly known?: Known;
}

/** In the order in which they are offered: the credential, then variables, then outputs, nearest first. */
export function candidates(
  automation: Automation,
  types: readonly StepType[],
  { stepId, credentialFields, known = {} }: Wanted,
): Candidate[] {
  const blocks = blocksOf(types);
  const all = walk(automation.steps, blocks);
  const at = all.findIndex((found) => found.step.id === stepId);
  const before = all.slice(0, Math.max(at, 0)).reverse();
  const here = all[at];
  const found: Candidate[] = [
    ...credentialFields.map((key) => ({ name: `credentials.${key}`, from: 'Credential' })),
    ...(here ? loopVariables(here) : []),
    ...before.flatMap(({ step }) => made(step, types)),
    ...Object.keys((automation.variables ?? {}) as object).map((name) => ({ name, from: 'Variable' })),
    ...before.flatMap(({ step }) => outputs(step, blocks)),
  ];
  const seen = new Set<string>();
  return [...found, ...found.flatMap((candidate) => inside(candidate, known))].filter(
    ({ name }) => !seen.has(name) && seen.add(name),
  );
}

/** What the last run shows to be in it, with the value it had. */
function inside({ name }: Candidate, known: Known): Candidate[] {
  const [, step, part] = /^steps\.([\w-]+)\.(\w+)$/.exec(name) ?? [];
  const output = step ? ((known.steps ?? {}) as Record<string, Json>)[step] : undefined;
  const value = part ? (output as Record<string, Json> | undefined)?.[part] : known[name];
  return value === undefined
    ? []
    : pathsIn(name, value).map(({ path, value: held }) => ({ name: path, from: brief(held) }));
}

function brief(value: Json): string {
  if (Array.isArray(value)) return `List of ${value.length}`;
  if (value !== null && typeof value === 'object') return 'Object';
  const text = typeof value === 'string' ? `“${value}”` : String(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function loopVariables({ ancestors }: Found): Candidate[] {
  return [...ancestors].reverse().flatMap((step) => {
    if (step.type !== 'forEach') return [];
    const item = String(step.itemVariable || 'currentItem');
    const index = String(step.indexVariable || 'loopIndex');
    return [
      { name: item, from: 'Item of the loop' },
      { name: index, from: 'Round of the loop' },
    ];
  });
}

function made(step: Step, types: readonly StepType[]): Candidate[] {
  const title = types.find((type) => type.type === step.type)?.title ?? step.type;
  const names = [step.storeKey, step.variableName].filter((name) => typeof name === 'string' && name !== '');
  return names.map((name) => ({ name: String(name), from: String(step.description || title) }));
}

function outputs(step: Step, blocks: Blocks): Candidate[] {
  if (blocks(step.type).length > 0) return [];
  const parts = OUTPUTS[step.type] ?? (step.type.startsWith('twitter') ? ['data'] : []);
  return parts.map((part) => ({ name: `steps.${step.id}.${part}`, from: `Output of ${step.id}` }));
}

/** Those that fit what is written so far: beginnings first. */
export function fitting(all: readonly Candidate[], query: string): Candidate[] {
  const wanted = query.toLowerCase();
  const starts = all.filter(({ name }) => name.toLowerCase().startsWith(wanted));
  const holds = all.filter(({ name }) => name.toLowerCase().indexOf(wanted) > 0);
  return [...starts, ...holds];
}
