/** The credentials as all screens see them: the list, the sidebar's number, the editor's choice. */
import { asRefusal, call, type Refusal } from './api';
import type { CredentialProblem, CredentialType, Entry } from './contract';
import { onNotice } from './events';

/** Replaced as wholes, never changed inside: a thousand entries are then not watched one by one. */
class Known {
  entries = $state.raw<Entry[]>([]);
  trash = $state.raw<Entry[]>([]);
  problems = $state.raw<CredentialProblem[]>([]);
  types = $state.raw<CredentialType[]>([]);
  isLoaded = $state(false);
  failure = $state.raw<Refusal>();
}

export const credentials = new Known();

let isWatched = false;

/** Loads once, and again at each notice. */
export function watchCredentials(): void {
  if (!isWatched) {
    isWatched = true;
    // A save is news to every open page, also to the one that saved.
    for (const topic of ['credentials', 'automations'] as const)
      onNotice(topic, () => void loadCredentials());
  }
  void loadCredentials();
}

export async function loadCredentials(): Promise<void> {
  try {
    const [list, types] = await Promise.all([call('credentials.list'), call('credentials.types')]);
    Object.assign(credentials, list, { types, isLoaded: true, failure: undefined });
  } catch (error) {
    credentials.failure = asRefusal(error);
  }
}

/** Nothing of it stays in the page while the vault is locked. */
export function forgetCredentials(): void {
  Object.assign(credentials, { entries: [], trash: [], problems: [], isLoaded: false, failure: undefined });
}

export function typeOf(id: string): CredentialType | undefined {
  return credentials.types.find((type) => type.id === id);
}
