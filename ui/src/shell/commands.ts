/** What the palette offers. Other folders add theirs with a `commands.ts` of the same shape. */
import { call } from '../lib/api';
import { credentials } from '../lib/credentials.svelte';
import { go } from '../lib/router.svelte';
import { session } from '../lib/session.svelte';
import { chooseTheme, THEMES } from '../lib/theme.svelte';
import { tellFailure } from '../lib/toasts.svelte';
import { SECTIONS } from './sections';

export interface Command {
  title: string;
  /** More words that find it. */
  keywords?: string;
  /** Shown at the right: a type, or the keys that do the same. */
  note?: string;
  keys?: string;
  run: () => void;
}
/** Asked each time the palette opens. */
export type CommandSource = () => Command[] | Promise<Command[]>;

const OTHERS = import.meta.glob<{ commands: CommandSource }>([
  '../automations/commands.ts',
  '../schedules/commands.ts',
  '../runs/commands.ts',
]);

/** Those of the shell: there at once, so that fast fingers meet no empty list. */
export function ownCommands(): Command[] {
  return [...places(), ...credentialCommands(), ...program()];
}

/** Those of the other folders, which may have to ask first. */
export async function otherCommands(): Promise<Command[]> {
  return (await Promise.all(Object.values(OTHERS).map(commandsOf))).flat();
}

/** A folder that does not answer takes only its own commands with it. */
async function commandsOf(load: () => Promise<{ commands: CommandSource }>): Promise<Command[]> {
  try {
    return await (await load()).commands();
  } catch {
    return [];
  }
}

function places(): Command[] {
  return SECTIONS.map(({ title, keywords, key, path }) => ({
    title: `Go to ${title}`,
    keywords,
    keys: `g ${key}`,
    run: () => go(...path),
  }));
}

function credentialCommands(): Command[] {
  const add = credentials.types.map((type) => ({
    title: `Add credential: ${type.title}`,
    keywords: `new create ${type.id} ${type.description}`,
    run: () => go('settings', 'credentials', 'new', type.id),
  }));
  const edit = credentials.entries.map((entry) => ({
    title: `Edit “${entry.name}”`,
    keywords: `credential ${entry.type}`,
    note: credentials.types.find((type) => type.id === entry.type)?.title ?? entry.type,
    run: () => go('settings', 'credentials', entry.id),
  }));
  const trash = {
    title: 'Show deleted credentials',
    keywords: 'trash restore bring back',
    run: () => go('settings', 'credentials', 'trash'),
  };
  return [...add, ...edit, ...(credentials.trash.length > 0 ? [trash] : [])];
}

function program(): Command[] {
  const themes = THEMES.map(({ value, title }) => ({
    title: `Theme: ${title}`,
    keywords: 'appearance colours',
    run: () => void chooseTheme(value).catch(tellFailure),
  }));
  const moves = [
    {
      title: 'Import credentials…',
      keywords: 'env postman n8n bruno electron file',
      run: () => go('settings', 'credentials', 'import'),
    },
    {
      title: 'Export a bundle…',
      keywords: 'automations credentials another computer move share file',
      run: () => go('settings', 'vault', 'export'),
    },
    {
      title: 'Import a bundle…',
      keywords: 'automations credentials another computer move file',
      run: () => go('settings', 'vault', 'import'),
    },
  ];
  const lock = { title: 'Lock the vault', keywords: 'vault sign out', run: lockVault };
  return [...themes, ...moves, ...(session.vault?.hasPassphrase ? [lock] : [])];
}

function lockVault(): void {
  call('vault.lock').then((status) => {
    session.vault = status;
  }, tellFailure);
}
