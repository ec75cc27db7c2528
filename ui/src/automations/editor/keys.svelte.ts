/** The credentials that steps of this automation may name: the saved ones, and those that are private to a step. */
import { call } from '../../lib/api';
import type { Entry } from '../../lib/contract';
import { credentials } from '../../lib/credentials.svelte';
import { onNotice } from '../../lib/events';
import type { Step } from '../model/step';

export class StepKeys {
  #entries = $state.raw<readonly Entry[]>([]);
  #isLoaded = $state(false);
  /** Counts what may have changed in a credential. */
  revision = $state(0);

  constructor(private readonly automationId: string) {}

  /** Returns how to stop listening. */
  listen(): () => void {
    void this.load();
    return onNotice('credentials', () => void this.load());
  }

  async load(): Promise<void> {
    try {
      this.#entries = await call('credentials.private', { id: this.automationId });
      this.#isLoaded = true;
      this.revision += 1;
    } catch {
      // The page tells of a lost door or a locked vault by itself; nothing is called missing until it is known.
      this.#isLoaded = false;
    }
  }

  isPrivate(entry: Entry): boolean {
    return this.#entries.some((each) => each.id === entry.id);
  }

  /** What the step names, by id or by name. */
  of(step: Step): Entry | undefined {
    const wanted = String(step.credentialId ?? '');
    if (wanted === '') return undefined;
    const found = credentials.entries.find((entry) => entry.id === wanted || entry.name === wanted);
    return found ?? this.#entries.find((entry) => entry.id === wanted);
  }

  isMissing(step: Step): boolean {
    const isKnown = credentials.isLoaded && this.#isLoaded;
    return isKnown && String(step.credentialId ?? '') !== '' && !this.of(step);
  }
}
