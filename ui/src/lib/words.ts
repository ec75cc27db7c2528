/** Numbers and times as a person says them. */

const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const FULL = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const UNITS: ReadonlyArray<[Intl.RelativeTimeFormatUnit, number]> = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** `1 step`, `3 steps`, `no steps`. */
export function count(number: number, one: string, many = `${one}s`): string {
  if (number === 0) return `no ${many}`;
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

/** `5 minutes ago`, `yesterday`; after a week the date. */
export function ago(time: string | number | Date, now: Date = new Date()): string {
  const date = new Date(time);
  const seconds = (date.getTime() - now.getTime()) / 1000;
  if (Math.abs(seconds) >= 7 * 86_400) return DAY.format(date);
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) return RELATIVE.format(Math.trunc(seconds / length), unit);
  }
  return 'just now';
}

export function moment(time: string | number | Date): string {
  return FULL.format(new Date(time));
}

/** Whether the keys of a Mac are meant: ⌘ instead of Ctrl. */
export function isMac(platform: string = navigator.platform): boolean {
  return /mac|iphone|ipad/i.test(platform);
}

/** `Ctrl K`, `⌘K`. */
export function keys(letter: string): string {
  return isMac() ? `⌘${letter}` : `Ctrl ${letter}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}

/** The checks say what is wrong with a field, as the end of a sentence: beside the field it stands alone. */
export function asSentence(message: string): string {
  return /^[a-z]/.test(message) ? `${message.charAt(0).toUpperCase()}${message.slice(1)}.` : message;
}
