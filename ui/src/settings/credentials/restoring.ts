/** Takes a credential out of the trash. */
import { asRefusal, call } from '../../lib/api';
import type { Entry } from '../../lib/contract';
import { credentials, loadCredentials } from '../../lib/credentials.svelte';
import { tell, tellFailure } from '../../lib/toasts.svelte';

export async function restore(entry: Entry): Promise<void> {
  try {
    const restored = await call('credentials.restore', { id: entry.id, ...otherName(entry.name) });
    tell(`“${restored.name}” is back.`);
  } catch (error) {
    tellFailure(asRefusal(error));
  }
  await loadCredentials();
}

/** A name that was taken meanwhile gets a number, as files do. */
function otherName(name: string): { name?: string } {
  const taken = new Set(credentials.entries.map((entry) => entry.name.toLowerCase()));
  if (!taken.has(name.toLowerCase())) return {};
  let number = 2;
  while (taken.has(`${name} (${number})`.toLowerCase())) number += 1;
  return { name: `${name} (${number})` };
}
