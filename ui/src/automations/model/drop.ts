/** Where a step goes that is dropped on a line of the list. Pure. */
import type { Row } from './rows';
import type { Place } from './step';

/** Above the line, or below it. Below an open step with blocks is the start of its first one; an empty place takes all. */
export function dropPlace(rows: readonly Row[], key: string, isBelow: boolean): Place | undefined {
  const at = rows.findIndex((row) => row.key === key);
  const row = rows[at];
  if (!row) return undefined;
  if (!row.step || !isBelow) return row.place;
  const next = rows[at + 1];
  if (next && next.level > row.level) return { ...next.place, index: 0 };
  return { ...row.place, index: row.place.index + 1 };
}
