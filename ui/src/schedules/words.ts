/** How a schedule stands, in a word and a tone, and when it is next due. Pure. */
import type { ScheduleEntry } from '../lib/contract';
import { ago } from '../lib/words';

export type State = ScheduleEntry['state'];
interface Standing {
  tone: 'success' | 'neutral' | 'info' | 'warning';
  text: string;
}

export const STANDINGS: Readonly<Record<State, Standing>> = {
  on: { tone: 'success', text: 'On' },
  off: { tone: 'neutral', text: 'Off' },
  running: { tone: 'info', text: 'Running' },
  waitingForUnlock: { tone: 'warning', text: 'Waiting for unlock' },
  over: { tone: 'neutral', text: 'Over' },
};
/** What deserves to be seen first, when an automation has several. */
const WEIGHT: readonly State[] = ['running', 'waitingForUnlock', 'on', 'off', 'over'];

/** `in 2 hours`, `tomorrow`, `now`; after a week the date. */
export function until(at: number, now = new Date()): string {
  const words = ago(at * 1000, now);
  return words === 'just now' ? 'now' : words;
}

/** Of several schedules of an automation, how it stands as a whole and when it runs next. */
export function together(entries: readonly ScheduleEntry[]): { state: State; next?: number } | undefined {
  const state = WEIGHT.find((each) => entries.some((entry) => entry.state === each));
  if (!state) return undefined;
  const times = entries.flatMap((entry) => entry.next.map(({ at }) => at));
  return times.length > 0 ? { state, next: Math.min(...times) } : { state };
}
