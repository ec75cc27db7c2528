/**
 * Words of strangers as they may stand beside ours: a name from an imported file, an error of a service.
 *
 * A sign that turns the direction of text would reorder what stands behind it. It is written out instead, as the
 * command line does: `\u202e`. Letters that run from right to left are not touched: each element keeps its own
 * order (`unicode-bidi: isolate` in base.css).
 */
import type { Json } from './contract';

const STEERING = /(?![\t\n\r])[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;
/** What these methods give is shown, and never saved again as it came. */
const LISTS: ReadonlySet<string> = new Set([
  'app.active',
  'automations.list',
  'bundle.import',
  'credentials.list',
  'credentials.restore',
  'credentials.usage',
  'history.get',
  'history.list',
  'imports.read',
  'runs.active',
  'schedules.list',
  'schedules.waiting',
]);
const NAMES: ReadonlySet<string> = new Set(['name', 'automationName', 'description', 'errorMessage']);

export function shown(text: string): string {
  return text.replace(STEERING, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The answer of a method with the names in it as they are shown. */
export function withShownNames<T>(method: string, value: T): T {
  return LISTS.has(method) ? (named(value as Json) as T) : value;
}

function named(value: Json): Json {
  if (Array.isArray(value)) return value.map(named);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([key, held]) => [
      key,
      NAMES.has(key) && typeof held === 'string' ? shown(held) : named(held),
    ]),
  );
}
