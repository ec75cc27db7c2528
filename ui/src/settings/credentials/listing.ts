/** What the list shows of each credential, and in which order. Pure. */
import type { Tone } from '../../kit/Status.svelte';
import type { CredentialType, Entry } from '../../lib/contract';
import { find } from '../../lib/search';

export type Order = 'name' | 'changed' | 'used' | 'most' | 'status';
export const ORDERS: ReadonlyArray<{ value: Order; title: string }> = [
  { value: 'name', title: 'Name' },
  { value: 'changed', title: 'Last changed' },
  { value: 'used', title: 'Last used' },
  { value: 'most', title: 'Most used' },
  { value: 'status', title: 'Status' },
];

/** What asks for something stands first, also where the list is ordered by it. */
export const STATES: Record<Entry['standing']['status'], { tone: Tone; text: string }> = {
  attention: { tone: 'danger', text: 'Needs attention' },
  expired: { tone: 'warning', text: 'Expired' },
  untested: { tone: 'neutral', text: 'Not tested' },
  ready: { tone: 'success', text: 'Ready' },
  unused: { tone: 'neutral', text: 'Unused' },
};
const URGENCY = Object.keys(STATES);

const byText = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true }).compare;
const COMPARE: Record<Order, (a: Entry, b: Entry) => number> = {
  name: (a, b) => byText(a.name, b.name),
  changed: (a, b) => latest(b.updatedAt, a.updatedAt),
  used: (a, b) => latest(b.lastUsedAt, a.lastUsedAt),
  most: (a, b) => b.usedBy - a.usedBy,
  status: (a, b) => URGENCY.indexOf(a.standing.status) - URGENCY.indexOf(b.standing.status),
};

function latest(a = '', b = ''): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export interface Wish {
  query: string;
  type: string;
  order: Order;
}

/** Those of a type, or of all, in the order that is wished for. */
export function ordered(entries: readonly Entry[], type: string, order: Order): Entry[] {
  const ofType = entries.filter((entry) => type === '' || entry.type === type);
  return ofType.sort((a, b) => COMPARE[order](a, b) || COMPARE.name(a, b));
}

/** What a search finds among them, the best first; equal ones stay in their order. */
export function found(inOrder: readonly Entry[], types: readonly CredentialType[], query: string): Entry[] {
  return find(query, inOrder, (entry) => [entry.name, words(entry, titleOf(types, entry.type))]);
}

function words(entry: Entry, typeTitle: string): string {
  return `${typeTitle} ${entry.type} ${entry.hosts.join(' ')} ${STATES[entry.standing.status].text}`;
}

export function titleOf(types: readonly CredentialType[], id: string): string {
  return types.find((type) => type.id === id)?.title ?? id;
}
