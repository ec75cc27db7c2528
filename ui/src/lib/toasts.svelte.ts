/** Short notes on what was done. They are read out, and never the only place where a thing can be found. */
import { asRefusal } from './api';
import { shown } from './shown';

export interface Toast {
  id: number;
  text: string;
  kind: 'done' | 'failed';
  action?: { title: string; run: () => void };
}

const SHOWN_MS = 6000;
const state = $state<{ toasts: Toast[] }>({ toasts: [] });
const timers = new Map<number, ReturnType<typeof setTimeout>>();
let last = 0;

export function toasts(): readonly Toast[] {
  return state.toasts;
}

export function tell(text: string, action?: Toast['action'], kind: Toast['kind'] = 'done'): void {
  add({ id: ++last, text: shown(text), kind, action });
}

/** Says why something failed and what to do. */
export function tellFailure(error: unknown): void {
  const refusal = asRefusal(error);
  add({ id: ++last, text: `${refusal.message} ${refusal.hint}`.trim(), kind: 'failed' });
}

export function dismiss(id: number): void {
  hold(id);
  state.toasts = state.toasts.filter((toast) => toast.id !== id);
}

/** Stays while the pointer or the focus is on it. */
export function hold(id: number): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
}

export function release(id: number): void {
  hold(id);
  timers.set(
    id,
    setTimeout(() => dismiss(id), SHOWN_MS),
  );
}

function add(toast: Toast): void {
  state.toasts = [...state.toasts.slice(-2), toast];
  release(toast.id);
}
