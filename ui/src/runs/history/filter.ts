/** Which runs a person wants to see, and what the door is asked for. Pure. */
import type { HistoryEntry, HistoryFilter } from '../../lib/contract';
import type { Outcome } from '../model/outcome';

/** An empty text leaves a thing open. `from` and `to` are days as `2026-01-31`, both included. */
export interface Filter {
  readonly automationId: string;
  readonly outcome: Outcome | '';
  readonly text: string;
  readonly from: string;
  readonly to: string;
}

export const NO_FILTER: Filter = { automationId: '', outcome: '', text: '', from: '', to: '' };

export function isEmpty(filter: Filter): boolean {
  return Object.values(filter).every((value) => value === '');
}

/** `before` is the start of the last run that is shown. */
export function wanted(filter: Filter, before?: number): Partial<HistoryFilter> {
  const { automationId, outcome, text } = filter;
  const since = startOf(filter.from, 0);
  const ends = [before, startOf(filter.to, 1)].filter((each) => each !== undefined);
  return {
    ...(automationId && { automationId }),
    ...(outcome && { outcome }),
    ...(text.trim() && { text: text.trim() }),
    ...(since !== undefined && { since }),
    ...(ends.length > 0 && { before: Math.min(...ends) }),
  };
}

/** The newest page over what is shown: changed, new and deleted runs of its time are taken from it. */
export function merged(
  shown: readonly HistoryEntry[],
  page: readonly HistoryEntry[],
  limit: number,
): readonly HistoryEntry[] {
  const oldest = page[page.length - 1];
  if (page.length < limit || !oldest) return page;
  return [...page, ...shown.filter(({ startedAt }) => startedAt < oldest.startedAt)];
}

/** Midnight of a day, or of one so many days later, here; in Unix seconds. Nothing for what is no day. */
function startOf(day: string, later: number): number | undefined {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!found) return undefined;
  const [year, month, date] = found.slice(1).map(Number) as [number, number, number];
  return new Date(year, month - 1, date + later).getTime() / 1000;
}
