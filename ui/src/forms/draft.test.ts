import { expect, test } from 'vitest';
import {
  changesOf,
  newPair,
  openFieldsOf,
  startDraft,
  startPairs,
  takeOver,
  takeOverPairs,
  valuesOf,
} from './draft';
import { fieldsOf } from './schema';

const FIELDS = fieldsOf(
  {
    properties: {
      key: { type: 'string', writeOnly: true },
      url: { type: 'string', default: 'https://api.example.com/' },
    },
    required: ['key'],
  },
  {},
);
const STORED = {
  key: { set: true, secret: true },
  url: { set: true, secret: false, value: 'https://a.example/' },
};

const edited = (change: (draft: ReturnType<typeof startDraft>) => void) => {
  const draft = startDraft(FIELDS, STORED);
  change(draft);
  return changesOf(FIELDS, draft);
};
const field = (draft: ReturnType<typeof startDraft>, key: string) => draft[key] ?? expect.unreachable();

test('an untouched form asks for no change', () => {
  expect(edited(() => {})).toEqual({});
});

test('a stored secret left empty is kept', () => {
  expect(startDraft(FIELDS, STORED).key).toMatchObject({ text: '', stored: { isSet: true } });
});

test('a stored secret is set only when something was typed', () => {
  expect(edited((draft) => (field(draft, 'key').text = 'new'))).toEqual({ key: { op: 'set', value: 'new' } });
});

test('clear is said in so many words', () => {
  expect(edited((draft) => (field(draft, 'key').isCleared = true))).toEqual({ key: { op: 'clear' } });
});

test('an open field that was emptied is cleared', () => {
  expect(edited((draft) => (field(draft, 'url').text = ''))).toEqual({ url: { op: 'clear' } });
});

test('a field whose branch was closed is cleared when it was stored', () => {
  const draft = startDraft(FIELDS, STORED);
  const shown = FIELDS.filter((each) => each.key !== 'url');
  expect(changesOf(shown, draft)).toEqual({ url: { op: 'clear' } });
});

test('a new form begins with the defaults, but an edited one does not put them back', () => {
  expect(startDraft(FIELDS).url?.text).toBe('https://api.example.com/');
  expect(startDraft(FIELDS, { key: { set: true, secret: true } }).url?.text).toBe('');
});

test('empty fields of a new credential are left out', () => {
  const draft = startDraft(FIELDS);
  field(draft, 'url').text = '';
  field(draft, 'key').text = 'k';
  expect(valuesOf(FIELDS, draft)).toEqual({ key: 'k' });
});

test('fields of the user’s own are those the schema does not know', () => {
  const pairs = startPairs(['key'], { ...STORED, tenant: { set: true, secret: false, value: '7' } });
  expect(pairs.map((pair) => pair.key)).toEqual(['url', 'tenant']);
  expect(openFieldsOf(pairs)).toEqual(['url', 'tenant']);
});

test('a removed field of the user’s own is cleared, and not open any more', () => {
  const pairs = startPairs([], { tenant: { set: true, secret: false, value: '7' } });
  for (const pair of pairs) pair.isRemoved = true;
  expect(changesOf([], {}, pairs)).toEqual({ tenant: { op: 'clear' } });
  expect(openFieldsOf(pairs)).toEqual([]);
});

test('a new field of the user’s own is secret unless said otherwise', () => {
  const pair = newPair('token');
  pair.entered.text = 'abc';
  expect(pair.isSecret).toBe(true);
  expect(valuesOf([], {}, [pair])).toEqual({ token: 'abc' });
});

test('what was entered goes on from what is stored now', () => {
  const older = startDraft(FIELDS, STORED);
  field(older, 'key').text = 'mine';
  const now = { ...STORED, url: { set: true, secret: false, value: 'https://b.example/' } };
  const merged = takeOver(startDraft(FIELDS, now), older);
  expect(changesOf(FIELDS, merged)).toEqual({ key: { op: 'set', value: 'mine' } });
  expect(merged.url?.text).toBe('https://b.example/');
});

test('own fields that are not stored yet are kept, and those that are gone are not', () => {
  const stored = { a: { set: true, secret: true }, b: { set: true, secret: true } };
  const older = startPairs([], stored);
  const added = newPair('c');
  added.entered.text = 'new';
  const merged = takeOverPairs(startPairs([], { a: { set: true, secret: true } }), [...older, added]);
  expect(merged.map((pair) => pair.key)).toEqual(['a', 'c']);
});
