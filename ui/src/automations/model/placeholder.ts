/** Placeholders in a text being typed: is one open at the caret, and what does the text become. Pure. */

export interface Open {
  /** Where its braces begin. */
  readonly start: number;
  /** What is written of the name, or of the filter, so far. */
  readonly query: string;
  /** After `|` stands a filter. */
  readonly isFilter: boolean;
}

const NAME = /\{\{\s*([\w.[\]-]*)$/;
const FILTER = /\{\{[^{}]*[^{}|\s][^{}|]*\|\s*(\w*)$/;

export function openPlaceholder(text: string, caret: number): Open | null {
  const before = text.slice(0, caret);
  const name = NAME.exec(before);
  if (name) return { start: name.index, query: name[1] ?? '', isFilter: false };
  const filter = FILTER.exec(before);
  return filter ? { start: filter.index, query: filter[1] ?? '', isFilter: true } : null;
}

/** The text with the name put in, and the caret behind its braces. Braces that are there are not doubled. */
export function complete(text: string, caret: number, name: string): { text: string; caret: number } {
  const open = openPlaceholder(text, caret);
  if (!open) return { text, caret };
  const before = text.slice(0, caret);
  const kept = open.isFilter
    ? before.slice(0, before.length - open.query.length)
    : `${text.slice(0, open.start)}{{`;
  const rest = text.slice(caret).replace(/^[\w.[\]-]*/, '');
  const isClosed = /^[^{}]*\}\}/.test(rest);
  const head = `${kept}${name}`;
  if (!isClosed) return { text: `${head}}}${rest}`, caret: head.length + 2 };
  const gap = /^\s*\}\}/.exec(rest)?.[0].length ?? 0;
  // What follows the name, such as a filter, stays.
  return gap > 0
    ? { text: `${head}}}${rest.slice(gap)}`, caret: head.length + 2 }
    : { text: head + rest, caret: head.length };
}
