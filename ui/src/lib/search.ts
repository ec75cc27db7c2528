/** Finds things by the words people use for them, not only by the words on the screen. Pure. */

/** Each row are words for one thing. */
const SYNONYMS: readonly string[][] = [
  ['x', 'twitter', 'tweet', 'post'],
  [
    'credential',
    'password',
    'login',
    'account',
    'connection',
    'secret',
    'token',
    'auth',
    'authentication',
    'sign in',
  ],
  ['key', 'token', 'apikey', 'pat', 'bearer'],
  ['basic', 'username', 'password', 'login'],
  ['oauth', 'sign in', 'google', 'client'],
  ['vault', 'encryption', 'passphrase', 'lock', 'safe', 'protection', 'backup'],
  ['automation', 'workflow', 'flow', 'scenario', 'zap', 'recipe', 'script'],
  ['step', 'node', 'action', 'block', 'task'],
  ['run', 'job', 'execution', 'execute', 'start', 'history', 'runs', 'log', 'past'],
  ['import', 'load', 'upload', 'open file'],
  ['export', 'save as', 'download', 'share'],
  ['example', 'sample', 'template', 'demo'],
  ['theme', 'dark', 'light', 'appearance', 'colour', 'color', 'mode'],
  ['settings', 'preferences', 'options', 'configuration'],
  ['delete', 'remove', 'trash', 'bin'],
  ['add', 'new', 'create'],
];

/** Lower case, without accents: `Café` is found by `cafe`. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

/** One word of a query, with what else it may stand for; made once for all items. */
interface Wanted {
  word: string;
  begins: string;
  others: string[];
}

function wantedOf(query: string): Wanted[] {
  const asked = fold(query).split(/\s+/).filter(Boolean);
  return asked.map((word) => ({
    word,
    begins: ` ${words(word)}`,
    others: synonyms(word).map((other) => ` ${words(other)}`),
  }));
}

/** How well the text fits: 0 not at all, more is better. Every word of the query must be found somewhere. */
export function score(query: string, text: string, more = ''): number {
  return scoreAll(wantedOf(query), text, more);
}

function scoreAll(wanted: readonly Wanted[], text: string, more: string): number {
  if (wanted.length === 0) return 1;
  const shown = fold(text);
  const shownWords = ` ${words(shown)}`;
  const meantWords = `${shownWords} ${words(fold(more))}`;
  let sum = 0;
  for (const each of wanted) {
    const found = scoreWord(each, shown, shownWords, meantWords);
    if (found === 0) return 0;
    sum += found;
  }
  return sum / wanted.length;
}

function scoreWord(wanted: Wanted, shown: string, shownWords: string, meantWords: string): number {
  if (shown.startsWith(wanted.word)) return 5;
  if (shownWords.includes(wanted.begins)) return 4;
  if (shown.includes(wanted.word)) return 3;
  if (meantWords.includes(wanted.begins)) return 2;
  return wanted.others.some((other) => meantWords.includes(other)) ? 1 : 0;
}

/** `api.x.com` as `api x com`. */
function words(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, ' ');
}

/** Short beginnings mean too much to stand for anything else. Of several things, one is meant as well. */
function synonyms(word: string): string[] {
  const one = word.length > 3 ? word.replace(/s$/, '') : word;
  const isMeant = (known: string) =>
    known === one || known === word || (word.length >= 3 && known.startsWith(word));
  return [one, ...SYNONYMS.filter((row) => row.some(isMeant)).flat()];
}

/** The items that fit, best first; equal ones keep their order. */
export function find<T>(query: string, items: readonly T[], texts: (item: T) => [string, string?]): T[] {
  const wanted = wantedOf(query);
  if (wanted.length === 0) return [...items];
  return items
    .map((item) => {
      const [text, more = ''] = texts(item);
      return { item, points: scoreAll(wanted, text, more) };
    })
    .filter((found) => found.points > 0)
    .sort((a, b) => b.points - a.points)
    .map((found) => found.item);
}
