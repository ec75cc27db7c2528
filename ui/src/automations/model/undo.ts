/** What was done, to be taken back and done again. Pure: the time comes in. */

export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
  /** What the last change was about, and when: letters typed into one field are one change. */
  readonly last?: { readonly about: string; readonly atMs: number };
}

const LIMIT = 200;
const TOGETHER_MS = 1000;

export function begin<T>(present: T): History<T> {
  return { past: [], present, future: [] };
}

export function record<T>(history: History<T>, next: T, about: string, atMs: number): History<T> {
  if (next === history.present) return history;
  const { last } = history;
  const isOneChange = about !== '' && last?.about === about && atMs - last.atMs < TOGETHER_MS;
  const past = isOneChange ? history.past : [...history.past, history.present].slice(-LIMIT);
  return { past, present: next, future: [], last: { about, atMs } };
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past[history.past.length - 1];
  if (before === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: before,
    future: [history.present, ...history.future],
  };
}

export function redo<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future };
}
