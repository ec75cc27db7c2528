/** The variables of an automation: their types, who names them, and how one gets another name. Pure. */
import type { Json } from '../../lib/contract';
import type { Automation, Blocks, Step, Steps } from './step';
import { walk } from './tree';

export type Variables = Readonly<Record<string, Json>>;
export type Kind = 'text' | 'number' | 'boolean' | 'json';

export const KINDS: ReadonlyArray<{ value: Kind; title: string }> = [
  { value: 'text', title: 'Text' },
  { value: 'number', title: 'Number' },
  { value: 'boolean', title: 'Yes or no' },
  { value: 'json', title: 'List or object' },
];

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,99}$/;
const RESERVED = new Set([
  'credentials',
  'steps',
  'true',
  'false',
  'none',
  'not',
  'and',
  'or',
  'in',
  'is',
  'if',
  'else',
]);
const NAMING = ['storeKey', 'variableName', 'itemVariable', 'indexVariable', 'errorVariable'];

export function variablesOf(automation: Automation): Variables {
  return (automation.variables ?? {}) as Variables;
}

export function kindOf(value: Json): Kind {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'string' ? 'text' : 'json';
}

/** The value as another type, as far as it can be read so. */
export function asKind(value: Json, kind: Kind): Json {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (kind === 'text') return text;
  if (kind === 'boolean') return text === 'true';
  if (kind === 'number') return Number.isFinite(Number(text)) && text.trim() !== '' ? Number(text) : 0;
  try {
    const made = JSON.parse(text) as Json;
    return typeof made === 'object' ? made : [made];
  } catch {
    return text === '' ? [] : [text];
  }
}

/** Why a name cannot be had, or empty. */
export function nameProblem(name: string, taken: readonly string[]): string {
  if (name === '') return 'Enter a name.';
  if (!NAME.test(name)) return 'Use letters, digits and _, and do not begin with a digit.';
  if (RESERVED.has(name.toLowerCase())) return 'This name has a meaning of its own. Choose another one.';
  return taken.includes(name) ? 'There is a variable of this name.' : '';
}

/** `variable`, or with the next number that is free. */
export function freeName(taken: readonly string[]): string {
  let number = 1;
  while (taken.includes(`variable${number}`)) number += 1;
  return `variable${number}`;
}

/** The steps that name it: in a placeholder, or where they set it. */
export function usersOf(name: string, steps: Steps, blocks: Blocks): Step[] {
  return walk(steps, blocks)
    .map((found) => found.step)
    .filter(
      (step) =>
        isSet(step, name) ||
        Object.entries(step).some(([key, value]) => !blocks(step.type).includes(key) && isNamed(value, name)),
    );
}

function isSet(step: Step, name: string): boolean {
  return NAMING.some((key) => step[key] === name);
}

function isNamed(value: Json, name: string): boolean {
  if (typeof value === 'string') return mentions(value, name);
  return (
    value !== null && typeof value === 'object' && Object.values(value).some((each) => isNamed(each, name))
  );
}

function mentions(text: string, name: string): boolean {
  return inPlaceholders(text, name, ' ') !== text;
}

/** Everywhere under its new name: where it begins, where steps set it, and in every placeholder. */
export function renamed(automation: Automation, from: string, to: string): Automation {
  const variables = Object.entries(variablesOf(automation)).map(([name, value]) => [
    name === from ? to : name,
    value,
  ]);
  const steps = inside(automation.steps as unknown as Json, from, to) as unknown as Steps;
  return { ...automation, variables: Object.fromEntries(variables), steps };
}

function inside(value: Json, from: string, to: string): Json {
  if (typeof value === 'string') return inPlaceholders(value, from, to);
  if (Array.isArray(value)) return value.map((each) => inside(each, from, to));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      NAMING.includes(key) && each === from ? to : inside(each, from, to),
    ]),
  );
}

// A quoted text, a path with what follows its first name, or any other sign.
const TOKENS = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|(?<![\w.])[A-Za-z_]\w*(?!\w)/g;

function inPlaceholders(text: string, from: string, to: string): string {
  return text.replace(/\{\{.*?\}\}/gs, (placeholder) => {
    return placeholder.replace(TOKENS, (token, at: number) => {
      const isFilter = /\|\s*$/.test(placeholder.slice(0, at));
      return token === from && !isFilter ? to : token;
    });
  });
}
