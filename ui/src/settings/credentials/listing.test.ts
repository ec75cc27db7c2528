import { expect, test } from 'vitest';
import type { CredentialType, Entry } from '../../lib/contract';
import { found, ordered, type Wish } from './listing';

const TYPE = {
  id: 'twitter',
  title: 'Twitter/X',
  fields: [{ key: 'apiKey', isRequired: true }],
} as unknown as CredentialType;

function entry(own: Partial<Entry>): Entry {
  const made = {
    id: 'a',
    name: 'A',
    type: 'twitter',
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    version: 1,
    allowedHosts: [],
    hosts: [],
    fields: { apiKey: { set: true, secret: true } },
    usedBy: 1,
    standing: { status: 'untested' as const, message: '', hint: '' },
  };
  return { ...made, ...own };
}
const listed = (entries: Entry[], types: CredentialType[], wish: Wish) =>
  found(ordered(entries, wish.type, wish.order), types, wish.query);
const wish = { query: '', type: '', order: 'name' as const };
const names = (entries: Entry[]) => entries.map((each) => each.name);

test('names are ordered as people order them', () => {
  const entries = ['b 10', 'B 2', 'a'].map((name) => entry({ name }));
  expect(names(listed(entries, [TYPE], wish))).toEqual(['a', 'B 2', 'b 10']);
});

test('a search finds by type, by host and by another word for it', () => {
  const entries = [entry({ name: 'Mine', hosts: ['api.x.com'] }), entry({ name: 'Other', type: 'basic' })];
  for (const query of ['twitter', 'api.x', 'tweet']) {
    expect(names(listed(entries, [TYPE], { ...wish, query }))).toEqual(['Mine']);
  }
});

test('what asks for something comes first in the order of states', () => {
  const entries = (['ready', 'unused', 'attention', 'expired'] as const).map((status) =>
    entry({ name: status, standing: { status, message: '', hint: '' } }),
  );
  const order = names(listed(entries, [TYPE], { ...wish, order: 'status' }));
  expect(order).toEqual(['attention', 'expired', 'ready', 'unused']);
});

test('what was never used comes last in the order of use', () => {
  const entries = [entry({ name: 'never' }), entry({ name: 'once', lastUsedAt: '2026-01-02T00:00:00Z' })];
  expect(names(listed(entries, [TYPE], { ...wish, order: 'used' }))).toEqual(['once', 'never']);
});
