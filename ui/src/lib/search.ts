/** Finds things by the words people use for them, not only by the words on the screen. Pure. */

/** Each row are words for one thing. */
const SYNONYMS: readonly string[][] = [
  ['x', 'twitter', 'tweet', 'post'],
  ['credential', 'password', 'login', 'account', 'secret', 'token', 'auth', 'authentication', 'sign in'],
  ['key', 'token', 'apikey', 'pat', 'bearer'],
  ['basic', 'username', 'password', 'login'],
  ['oauth', 'sign in', 'google', 'client'],
  ['vault', 'encryption', 'passphrase', 'lock', 'safe', 'protection', 'backup'],
  ['automation', 'workflow', 'flow', 'scenario', 'zap', 'recipe', 'script'],
  ['history', 'runs', 'log', 'past', 'executions'],
  ['theme', 'dark', 'light', 'appearance', 'colour', 'color', 'mode'],
  ['settings', 'preferences', 'options', 'configuration'],
  ['delete', 'remove', 'trash', 'bin'],
  ['add', 'new', 'create'],
];

/** Lower case, without accents: `Café` is found by `cafe`. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

/** How well the text fits: 0 not at all, more is better. Every word of the query must be found somewhere. */
export function score(query: string, text: string, more = ''): number {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return 1;
  const shown = fold(text);
  const meant = `${shown} ${fold(more)}`;
  let sum = 0;
  for (const word of words) {
    const found = scoreWord(word, shown, meant);
    if (found === 0) return 0;
    sum += found;
  }
  return sum / words.length;
}

function scoreWord(word: string, shown: string, meant: string): number {
  if (shown.startsWith(word)) return 5;
  if (startsAWord(shown, word)) return 4;
  if (shown.includes(word)) return 3;
  if (startsAWord(meant, word)) return 2;
  return synonyms(word).some((other) => startsAWord(meant, other)) ? 1 : 0;
}

function startsAWord(text: string, word: string): boolean {
  return ` ${words(text)}`.includes(` ${words(word)}`);
}

/** `api.x.com` as `api x com`. */
function words(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, ' ');
}

/** Short beginnings mean too much to stand for anything else. */
function synonyms(word: string): string[] {
  const isMeant = (known: string) => known === word || (word.length >= 3 && known.startsWith(word));
  return SYNONYMS.filter((row) => row.some(isMeant)).flat();
}

/** The items that fit, best first; equal ones keep their order. */
export function find<T>(query: string, items: readonly T[], texts: (item: T) => [string, string?]): T[] {
  return items
    .map((item) => ({ item, points: score(query, ...texts(item)) }))
    .filter((found) => found.points > 0)
    .sort((a, b) => b.points - a.points)
    .map((found) => found.item);
}
