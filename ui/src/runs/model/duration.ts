/** Lengths, sizes and times of day, as a person says them. */

const DAY = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** `< 1 ms`, `40 ms`, `3.2 s`, `2 min 5 s`, `1 h 3 min`. */
export function duration(seconds: number): string {
  const positive = Math.max(0, seconds);
  if (positive < 0.0005) return '< 1 ms';
  if (positive < 1) return `${Math.round(positive * 1000)} ms`;
  if (positive < 10) return `${positive.toFixed(1)} s`;
  const whole = Math.round(positive);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** While it goes on: whole seconds, so that nothing flickers. */
export function elapsed(seconds: number): string {
  return seconds < 10 ? `${Math.max(0, Math.floor(seconds))} s` : duration(seconds);
}

/** `512 bytes`, `1.5 kB`, `12 MB`. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
  if (bytes < 1_000_000) return `${Number((bytes / 1000).toPrecision(2))} kB`;
  return `${Number((bytes / 1_000_000).toPrecision(2))} MB`;
}

/** Unix time in seconds as `09:00:00.412`. */
export function clock(at: number): string {
  const date = new Date(at * 1000);
  const two = (number: number) => String(number).padStart(2, '0');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${time}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** Unix time in seconds as `09:00`. */
export function timeOfDay(at: number): string {
  return TIME.format(new Date(at * 1000));
}

/** `Today`, `Yesterday`, else the date. */
export function day(at: number, now: Date = new Date()): string {
  const date = DAY.format(new Date(at * 1000));
  if (date === DAY.format(now)) return 'Today';
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  return date === DAY.format(yesterday) ? 'Yesterday' : date;
}
