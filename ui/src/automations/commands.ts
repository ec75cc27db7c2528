/** What the palette offers about automations. */
import { call } from '../lib/api';
import { go } from '../lib/router.svelte';
import { tellFailure } from '../lib/toasts.svelte';
import type { CommandSource } from '../shell/commands';
import { createAutomation, openExample, runAutomation } from './list/actions';

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
  const run = entries
    .filter((entry) => !entry.problem && entry.steps > 0)
    .map((entry) => ({
      title: `Run “${entry.name}”`,
      keywords: 'automation workflow start execute',
      note: 'Automation',
      run: () => void runAutomation(entry.id).catch(tellFailure),
    }));
  const add = {
    title: 'New automation',
    keywords: 'add create workflow',
    run: () => void createAutomation(entries.map((entry) => entry.name)).catch(tellFailure),
  };
  const examples = (await call('automations.examples')).map((example) => ({
    title: `Open the example “${example.title}”`,
    keywords: `automation workflow sample template ${example.description}`,
    note: 'Example',
    run: () => void openExample(example.name).catch(tellFailure),
  }));
  return [...run, ...edit, add, ...examples];
};
