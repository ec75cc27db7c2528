/** What the palette offers about automations. */
import { call } from '../lib/api';
import { go } from '../lib/router.svelte';
import { tellFailure } from '../lib/toasts.svelte';
import type { CommandSource } from '../shell/commands';
import { createAutomation } from './list/actions';

export const commands: CommandSource = async () => {
  const entries = await call('automations.list');
  const edit = entries
    .filter((entry) => !entry.problem)
    .map((entry) => ({
      title: `Edit “${entry.name}”`,
      keywords: `automation workflow open ${entry.description}`,
      note: 'Automation',
      run: () => go('automations', entry.id),
    }));
  const add = {
    title: 'New automation',
    keywords: 'add create workflow',
    run: () => void createAutomation(entries.map((entry) => entry.name)).catch(tellFailure),
  };
  return [...edit, add];
};
