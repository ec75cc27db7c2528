/** What the last run of this automation left: read when the editor opens, and after each run. */
import { call } from '../../lib/api';
import { onNotice } from '../../lib/events';
import { type Known, leftBy } from '../model/known';

export class LastRun {
  left = $state.raw<Known>({});
  /** The run itself; empty while there was none. */
  runId = $state('');

  constructor(private readonly automationId: string) {}

  listen(): () => void {
    void this.#load();
    return onNotice('history', () => void this.#load());
  }

  async #load(): Promise<void> {
    try {
      const runs = await call('history.list', { automationId: this.automationId, limit: 50 });
      const last = runs.find((run) => run.outcome !== 'running' && run.kind === 'real');
      if (!last || last.runId === this.runId) return;
      this.left = leftBy(await call('runs.events', { runId: last.runId }));
      this.runId = last.runId;
    } catch {
      // Without it the editor offers names in place of paths.
      this.left = {};
    }
  }
}
