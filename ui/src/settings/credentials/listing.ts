/** What the list shows of each credential, and in which order. Pure. */
import type { CredentialType, Entry } from '../../lib/contract';
import { find } from '../../lib/search';

export type Order = 'name' | 'changed' | 'used' | 'most';
export const ORDERS: ReadonlyArray<{ value: Order; title: string }> = [
  { value: 'name', title: 'Name' },
  { value: 'changed', title: 'Last changed' },
  { value: 'used', title: 'Last used' },
  { value: 'most', title: 'Most used' },
];

const COMPARE: Record<Order, (a: Entry, b: Entry) => number> = {
  name: (a, b) => a.name.localeCompare(b.name, undefined, { sensitivity: 'base', numeric: true }),
  changed: (a, b) => b.updatedAt.localeCompare(a.updatedAt),
  used: (a, b) => (b.lastUsedAt ?? '').localeCompare(a.lastUsedAt ?? ''),
  most: (a, b) => b.usedBy - a.usedBy,
};

export interface Wish {
  query: string;
  type: string;
  order: Order;
}

/** What fits the wish. A search puts the best first, unless an order was asked for. */
export function listed(entries: readonly Entry[], types: readonly CredentialType[], wish: Wish): Entry[] {
  const ofType = entries.filter((entry) => wish.type === '' || entry.type === wish.type);
  const ordered = [...ofType].sort((a, b) => COMPARE[wish.order](a, b) || COMPARE.name(a, b));
  return find(wish.query, ordered, (entry) => [entry.name, words(entry, titleOf(types, entry.type))]);
}

function words(entry: Entry, typeTitle: string): string {
  return `${typeTitle} ${entry.type} ${entry.hosts.join(' ')}`;
}

export function titleOf(types: readonly CredentialType[], id: string): string {
  return types.find((type) => type.id === id)?.title ?? id;
}

export interface State {
  tone: 'success' | 'warning' | 'neutral';
  text: string;
}

/** Says no more than is known: what lacks a field cannot work, what never ran was never tested. */
export function stateOf(entry: Entry, type: CredentialType | undefined): State {
  const isIncomplete = type?.fields.some((field) => field.isRequired && !entry.fields[field.key]?.set);
  if (!type || isIncomplete) return { tone: 'warning', text: 'Needs attention' };
  if (entry.usedBy === 0) return { tone: 'neutral', text: 'Unused' };
  return entry.lastUsedAt ? { tone: 'success', text: 'Ready' } : { tone: 'neutral', text: 'Not tested' };
}
