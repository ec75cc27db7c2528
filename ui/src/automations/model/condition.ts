/** Conditions and how they are combined: `{left, operator, right}`, or `all`, `any`, `not` of such. Pure. */
import type { Json } from '../../lib/contract';
import { object } from './fields';

export const NEW_COMPARISON: Json = { left: '', operator: 'equals', right: '' };

export const COMBINATIONS = [
  { value: '', title: 'One comparison' },
  { value: 'all', title: 'All of these hold' },
  { value: 'any', title: 'Any of these holds' },
  { value: 'not', title: 'This does not hold' },
] as const;

/** `all`, `any`, `not`, or empty for a comparison. */
export function combinationOf(value: Json | undefined): string {
  return ['all', 'any', 'not'].find((word) => word in object(value)) ?? '';
}

/** What is combined; a comparison is the one part of itself. */
export function partsOf(value: Json | undefined): readonly Json[] {
  const held = object(value)[combinationOf(value)];
  if (held === undefined) return [value ?? NEW_COMPARISON];
  return Array.isArray(held) ? held : [held];
}

/** The parts in another combination. Several under `not` are put together first. */
export function combined(combination: string, parts: readonly Json[]): Json {
  const first = parts[0] ?? NEW_COMPARISON;
  if (combination === 'all' || combination === 'any') return { [combination]: [...parts] };
  if (combination === 'not') return { not: parts.length > 1 ? { all: [...parts] } : first };
  return first;
}
