/** The run that was started from the editor, as its events tell of it. */
import { asRefusal, call, Refusal } from '../../lib/api';
import type { RunEvent, RunStart } from '../../lib/contract';
import { onNotice } from '../../lib/events';
import { startRun } from '../../lib/start.svelte';
import { count } from '../../lib/words';

export type StepState = 'running' | 'succeeded' | 'failed' | 'skipped' | 'cancelled' | 'unknown';
export interface Ended {
  outcome: 'succeeded' | 'failed' | 'cancelled';
  message: string;
  hint: string;
}

export class Running {
  runId = $state<string>();
  isRunning = $state(false);
  isStarting = false;
  ended = $state.raw<Ended>();
  refusal = $state.raw<Refusal>();
  steps = $state.raw<Readonly<Record<string, StepState>>>({});

  /** Returns how to stop listening. */
  listen(): () => void {
    const offs = [
      onNotice('run', ({ events }) => {
        for (const event of events) this.#hear(event);
      }),
      onNotice('resync', () => void this.#askAgain()),
    ];
    return () => {
      for (const off of offs) off();
    };
  }

  /** The run's id, when it began. */
  async start(
    automationId: string,
    options: Omit<RunStart, 'automationId'> = {},
  ): Promise<string | undefined> {
    if (this.isRunning || this.isStarting) return;
    this.isStarting = true;
    this.clear();
    try {
      const runId = await startRun({ automationId, ...options });
      if (runId === undefined) return;
      this.runId = runId;
      this.isRunning = true;
      await this.#askAgain();
      return runId;
    } catch (error) {
      this.refusal = asRefusal(error);
    } finally {
      this.isStarting = false;
    }
  }

  async stop(): Promise<void> {
    if (!this.runId) return;
    try {
      await call('runs.stop', { runId: this.runId });
    } catch (error) {
      this.refusal = asRefusal(error);
    }
  }

  /** Says why it does not run, without asking. */
  refuse(problems: number): void {
    this.clear();
    this.refusal = new Refusal({
      code: 'automation.invalid',
      message: `Nothing was run: the automation has ${count(problems, 'problem')}.`,
      hint: 'Correct what is marked in the steps, then run it again.',
    });
  }

  clear(): void {
    this.ended = undefined;
    this.refusal = undefined;
    this.steps = {};
  }

  /** Events that came before the answer to the start, or while the line was cut. */
  async #askAgain(): Promise<void> {
    if (!this.runId) return;
    try {
      for (const event of await call('runs.events', { runId: this.runId })) this.#hear(event);
    } catch (error) {
      this.refusal = asRefusal(error);
    }
  }

  #hear(event: RunEvent): void {
    if (event.runId !== this.runId) return;
    // A called automation has steps of its own, whose ids may be the same.
    if (event.path.includes('/run/')) return;
    if (event.type === 'StepStarted') this.steps = { ...this.steps, [event.stepId]: 'running' };
    if (event.type === 'StepFinished') this.steps = { ...this.steps, [event.stepId]: event.outcome };
    if (event.type === 'RunFinished') {
      this.isRunning = false;
      const { message = '', hint = '' } = (event.error ?? {}) as { message?: string; hint?: string };
      this.ended = { outcome: event.outcome, message, hint };
    }
  }
}
