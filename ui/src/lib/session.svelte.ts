/** What holds for the whole page: whether the door answers, whether the vault is open. */

import { tellOfUse } from './activity';
import { asRefusal, call, onRefusal, type Refusal } from './api';
import type { AppInfo, VaultStatus } from './contract';
import { listen, onNotice } from './events';
import { showTheme } from './theme.svelte';

export const session = $state<{
  info: AppInfo | undefined;
  vault: VaultStatus | undefined;
  failure: Refusal | undefined;
  isLost: boolean;
}>({ info: undefined, vault: undefined, failure: undefined, isLost: false });

/** The vault needs something before anything else can be shown. */
export function isLocked(): boolean {
  return session.vault !== undefined && session.vault.needs !== 'nothing';
}

/** Call once. */
export async function begin(): Promise<void> {
  onRefusal((refusal) => {
    if (refusal.code === 'vault.locked' && !isLocked()) void askVault();
    if (refusal.code === 'page.unreachable') session.isLost = true;
  });
  onNotice('vault', () => void askVault());
  onNotice('lost', () => {
    session.isLost = true;
  });
  onNotice('resync', () => {
    session.isLost = false;
  });
  tellOfUse();
  await start();
}

export async function start(): Promise<void> {
  try {
    const [info, vault] = await Promise.all([call('app.info'), call('vault.status')]);
    showTheme(info.theme);
    Object.assign(session, { info, vault, failure: undefined, isLost: false });
    listen();
  } catch (error) {
    session.failure = asRefusal(error);
  }
}

export async function askVault(): Promise<void> {
  try {
    session.vault = await call('vault.status');
  } catch (error) {
    session.failure = asRefusal(error);
  }
}
