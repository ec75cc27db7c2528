/** Runs that are started from the view of another one: again, with other variables, or from one of its steps. */
import type { Automation } from '../../automations/model/step';
import { type Variables, variablesOf } from '../../automations/model/variables';
import { asRefusal, call, type Refusal } from '../../lib/api';
import type { RunStart } from '../../lib/contract';
import { go } from '../../lib/router.svelte';
import type { RunFeed } from '../feed.svelte';

export class Again {
  refusal = $state.raw<Refusal>();
  /** The variables of the automation, while it is asked for other values. */
  variables = $state.raw<Variables>();
  isStarting = $state(false);

  constructor(private readonly feed: RunFeed) {}

  /** Asks for values first, where there are variables. */
  async run(): Promise<void> {
    this.refusal = undefined;
    try {
      const { document } = await call('automations.get', { id: this.feed.run.automationId });
      const found = variablesOf(document as Automation);
      if (Object.keys(found).length > 0) this.variables = found;
      else await this.start({});
    } catch (error) {
      this.refusal = asRefusal(error);
    }
  }

  async start(more: Partial<RunStart>): Promise<void> {
    await this.#begin(() => call('runs.start', { automationId: this.feed.run.automationId, ...more }));
  }

  /** What this run was answered drives the automation as it is now. */
  async replay(): Promise<void> {
    await this.#begin(() => call('runs.replay', { runId: this.feed.runId }));
  }

  async #begin(start: () => Promise<{ runId: string }>): Promise<void> {
    if (this.isStarting) return;
    this.isStarting = true;
    this.refusal = undefined;
    try {
      go('history', (await start()).runId);
    } catch (error) {
      this.refusal = asRefusal(error);
    } finally {
      this.isStarting = false;
    }
  }

  /** At a step of the first level, with the values that this run had there. */
  async from(stepId: string): Promise<void> {
    await this.start({ fromStep: stepId, fromRun: this.feed.runId });
  }
}
