/** Keys that work anywhere on the page. A screen adds its own while it is shown. */

export interface Shortcut {
  /** `mod+k` (Ctrl, or ⌘ on a Mac), `?`, `g c` (one after the other). */
  keys: string;
  title: string;
  run: () => void;
}

const SEQUENCE_MS = 1200;
const active = new Set<Shortcut>();
let prefix = '';
let timer: ReturnType<typeof setTimeout> | undefined;

/** Adds shortcuts until the returned function is called. */
export function addShortcuts(shortcuts: readonly Shortcut[]): () => void {
  for (const shortcut of shortcuts) active.add(shortcut);
  return () => {
    for (const shortcut of shortcuts) active.delete(shortcut);
  };
}

export function shortcuts(): readonly Shortcut[] {
  return [...active];
}

export function handleKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || isAsked()) return;
  const hasModifier = event.ctrlKey || event.metaKey;
  if (event.altKey || (!hasModifier && (isTyping(event.target) || document.querySelector('dialog[open]'))))
    return;
  const pressed = hasModifier ? `mod+${event.key.toLowerCase()}` : event.key.toLowerCase();
  const found = match(prefix ? `${prefix} ${pressed}` : pressed) ?? match(pressed);
  remember(hasModifier || found ? '' : pressed);
  if (!found) return;
  event.preventDefault();
  found.run();
}

/** A dialog waits for an answer. One that shows a part of the screen does not: Ctrl+Enter works over it. */
function isAsked(): boolean {
  return document.querySelector('dialog[open]:not([data-part])') !== null;
}

/** What was added last wins: a screen may answer to a key the shell knows too. */
function match(keys: string): Shortcut | undefined {
  return [...active].reverse().find((shortcut) => shortcut.keys === keys);
}

function remember(key: string): void {
  clearTimeout(timer);
  prefix = key;
  timer = setTimeout(() => {
    prefix = '';
  }, SEQUENCE_MS);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
  );
}
