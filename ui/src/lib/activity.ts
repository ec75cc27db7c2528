/** Tells the program that a person uses the page, so that the vault does not lock itself meanwhile. */
import { call } from './api';

const EVERY_MS = 20_000;
let last = 0;

/** Call once. News that arrive by themselves are no use: keys, clicks and the wheel are. */
export function tellOfUse(): () => void {
  const kinds = ['pointerdown', 'keydown', 'wheel'] as const;
  for (const kind of kinds) window.addEventListener(kind, note, { passive: true, capture: true });
  return () => {
    for (const kind of kinds) window.removeEventListener(kind, note, { capture: true });
  };
}

function note(): void {
  const now = Date.now();
  if (now - last < EVERY_MS) return;
  last = now;
  // Whether it arrives is seen by the next call that matters.
  call('app.active').catch(() => undefined);
}
