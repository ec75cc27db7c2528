/** What the palette offers about schedules. */
import { go } from '../lib/router.svelte';
import type { CommandSource } from '../shell/commands';

export const commands: CommandSource = () => [
  {
    title: 'New schedule',
    keywords: 'cron timer trigger recurring automatically daily',
    run: () => go('schedules', 'new'),
  },
];
