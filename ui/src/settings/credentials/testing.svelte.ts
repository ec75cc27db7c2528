/** Tests credentials with one request each, and says what came of it. */
import { SvelteSet } from 'svelte/reactivity';
import { call } from '../../lib/api';
import type { Entry } from '../../lib/contract';
import { loadCredentials } from '../../lib/credentials.svelte';
import { go } from '../../lib/router.svelte';
import { tell, tellFailure } from '../../lib/toasts.svelte';

const going = new SvelteSet<string>();

export function isTesting(id: string): boolean {
  return going.has(id);
}

export async function testCredential(entry: Pick<Entry, 'id' | 'name'>): Promise<void> {
  if (going.has(entry.id)) return;
  going.add(entry.id);
  try {
    const { outcome, message, hint } = await call('credentials.test', { id: entry.id });
    const text = `“${entry.name}”: ${message} ${hint}`.trim();
    const isBad = outcome === 'refused' || outcome === 'expired';
    const edit = { title: 'Edit', run: () => go('settings', 'credentials', entry.id) };
    tell(text, isBad ? edit : undefined, isBad ? 'failed' : 'done');
    await loadCredentials();
  } catch (error) {
    tellFailure(error);
  } finally {
    going.delete(entry.id);
  }
}
