import { expect, test } from 'vitest';
import type { CredentialType, Entry } from '../../lib/contract';
import { listed, stateOf } from './listing';

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
  };
  return { ...made, ...own };
}
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

test('the state says no more than is known', () => {
  const texts = [
    entry({ fields: {} }),
    entry({ usedBy: 0 }),
    entry({}),
    entry({ lastUsedAt: '2026-01-02T00:00:00Z' }),
  ].map((each) => stateOf(each, TYPE).text);
  expect(texts).toEqual(['Needs attention', 'Unused', 'Not tested', 'Ready']);
});

test('a credential of a type that is gone needs attention', () => {
  expect(stateOf(entry({}), undefined).text).toBe('Needs attention');
});
