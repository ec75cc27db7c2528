/** Which rows of a long list exist. Pure. */

export interface Sight {
  /** The first row in sight, and the one behind the last. */
  first: number;
  last: number;
}

/** So many rows more on both sides: Tab and the arrows always find a next one. */
const AROUND = 8;

/** The places of the rows to be shown, in order. The focused one stays, wherever one scrolls. */
export function rowsInSight(sight: Sight, focused: number, count: number): number[] {
  const first = Math.max(0, Math.min(sight.first, count) - AROUND);
  const last = Math.min(count, Math.max(sight.last, 0) + AROUND);
  const rows = Array.from({ length: Math.max(0, last - first) }, (_, place) => first + place);
  if (focused < 0 || focused >= count || (focused >= first && focused < last)) return rows;
  return focused < first ? [focused, ...rows] : [...rows, focused];
}
