/** What the palette offers of the runs: the latest ones. */
import { call } from '../lib/api';
import { go } from '../lib/router.svelte';
import { ago } from '../lib/words';
import type { Command } from '../shell/commands';
import { standingOf } from './model/outcome';

const OFFERED = 10;

export async function commands(): Promise<Command[]> {
  const runs = await call('history.list', { limit: OFFERED });
  return runs.map(({ runId, name, outcome, startedAt }) => ({
    title: `Open run of “${name}”`,
    keywords: 'history log result',
    note: `${standingOf(outcome).text}, ${ago(startedAt * 1000)}`,
    run: () => go('history', runId),
  }));
}
