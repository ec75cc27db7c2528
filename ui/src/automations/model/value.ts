/** Between what a field holds and the text a person writes. Pure. */
import type { Json } from '../../lib/contract';

/** How a value is shown in a text field. */
export function shown(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value);
}

/** What a text stands for: objects, lists and numbers that survive a round trip are typed, the rest is text. */
export function meant(text: string): Json {
  const trimmed = text.trim();
  if (trimmed !== '' && String(Number(trimmed)) === trimmed && Number.isFinite(Number(trimmed))) {
    return Number(trimmed);
  }
  if (/^[[{]/.test(trimmed) && !/^\{\{/.test(trimmed)) return parsed(trimmed) ?? text;
  return text;
}

/** The JSON value of a text, or undefined when it is not JSON. */
export function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

export type Pair = readonly [key: string, value: string];

/** Lines of names and values; a list repeats its name. */
export function pairsOf(value: Json | undefined): Pair[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, held]) =>
    (Array.isArray(held) ? held : [held]).map((each): Pair => [key, shown(each)]),
  );
}

/** Undefined when no line has a name: the field is then left out. */
export function fromPairs(pairs: readonly Pair[]): Record<string, Json> | undefined {
  const made: Record<string, Json> = {};
  for (const [key, value] of pairs) {
    if (key === '') continue;
    const before = made[key];
    if (before === undefined) made[key] = value;
    else made[key] = [...(Array.isArray(before) ? before : [before]), value];
  }
  return Object.keys(made).length > 0 ? made : undefined;
}

/** `200, 300-399` or one entry on each line. Numbers become numbers. */
export function listOf(text: string): Json[] | undefined {
  const items = text
    .split(/[\n,]/)
    .map((item) => item.trim())
    .filter(Boolean);
  return items.length > 0
    ? items.map((item) => (/^[1-9]\d{0,9}$/.test(item) ? Number(item) : item))
    : undefined;
}
