/** Placeholders in a text being typed: is one open at the caret, and what does the text become. Pure. */

export interface Open {
  /** Where its braces begin. */
  readonly start: number;
  /** What is written of the name so far. */
  readonly query: string;
}

const OPEN = /\{\{\s*([\w.[\]-]*)$/;

export function openPlaceholder(text: string, caret: number): Open | null {
  const found = OPEN.exec(text.slice(0, caret));
  return found ? { start: found.index, query: found[1] ?? '' } : null;
}

/** The text with the name put in, and the caret behind its braces. Braces that are there are not doubled. */
export function complete(text: string, caret: number, name: string): { text: string; caret: number } {
  const open = openPlaceholder(text, caret);
  if (!open) return { text, caret };
  const rest = text.slice(caret).replace(/^[\w.[\]-]*\s*\}\}/, '');
  const head = `${text.slice(0, open.start)}{{${name}}}`;
  return { text: head + rest, caret: head.length };
}

const CREDENTIAL = /\{\{\s*credentials\.(\w+)[^}]*\}\}/g;

/** How a text is shown before it is sent: what a credential shows openly as it is, the rest of it as bullets. */
export function concealed(text: string, open: Readonly<Record<string, string>> = {}): string {
  return text.replace(CREDENTIAL, (_, key: string) => open[key] ?? '••••••••');
}
