/** Which rows of a long list exist. Pure. */

export interface Sight {
  /** The first row in sight, and the one behind the last. */
  first: number;
  last: number;
}

/** So many rows more on both sides: Tab and the arrows always find a next one. */
const AROUND = 5;

/** The places of the rows to be shown, in order. The focused one stays, wherever one scrolls. */
export function rowsInSight(sight: Sight, focused: number, count: number): number[] {
  const first = Math.max(0, Math.min(sight.first, count) - AROUND);
  const last = Math.min(count, Math.max(sight.last, 0) + AROUND);
  const rows = Array.from({ length: Math.max(0, last - first) }, (_, place) => first + place);
  if (focused < 0 || focused >= count || (focused >= first && focused < last)) return rows;
  return focused < first ? [focused, ...rows] : [...rows, focused];
}

/** Which row of the document shows which item, by the item's key. */
export interface Rows {
  readonly of: ReadonlyMap<string, number>;
  /** How many rows there have been. */
  readonly made: number;
}

export const NO_ROWS: Rows = { of: new Map(), made: 0 };

/** An item keeps its row. With `mayReuse`, new items take the rows of those that are gone, else rows of their own. */
export function rowsFor(keys: readonly string[], before: Rows, mayReuse: boolean): Rows {
  const wanted = new Set(keys);
  const free = mayReuse ? [...before.of].filter(([key]) => !wanted.has(key)).map(([, row]) => row) : [];
  let made = before.made;
  let taken = 0;
  const of = new Map<string, number>();
  for (const key of keys) {
    const row = before.of.get(key) ?? (taken < free.length ? free[taken++] : made++);
    of.set(key, row as number);
  }
  return { of, made };
}
