/** Starts a run. What posts in a loop is asked about first; `StartQuestion` shows the question. */
import { asRefusal, call } from './api';
import type { RunStart } from './contract';

class Asking {
  text = $state<string>();
  #answer: (isAgreed: boolean) => void = () => undefined;

  ask(text: string): Promise<boolean> {
    this.answer(false);
    this.text = text;
    return new Promise((resolve) => {
      this.#answer = resolve;
    });
  }

  answer(isAgreed: boolean): void {
    this.text = undefined;
    this.#answer(isAgreed);
  }
}

export const asking = new Asking();

/** The run's id, or undefined when the person did not agree. Throws a Refusal. */
export async function startRun(wanted: RunStart): Promise<string | undefined> {
  try {
    return (await call('runs.start', wanted)).runId;
  } catch (error) {
    const refusal = asRefusal(error);
    if (refusal.code !== 'run.not_confirmed') throw refusal;
    if (!(await asking.ask(refusal.message))) return undefined;
    return (await call('runs.start', { ...wanted, isConfirmed: true })).runId;
  }
}
