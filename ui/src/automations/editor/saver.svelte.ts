/** Keeps the file like the page: saves a moment after a change, and says so when the file was changed elsewhere. */
import { asRefusal, call, type Refusal } from '../../lib/api';
import type { AutomationView, Json } from '../../lib/contract';
import { type Automation, isSame } from '../model/step';

export type SaveState = 'saved' | 'unsaved' | 'saving' | 'failed' | 'conflict';

const QUIET_MS = 700;

export class Saver {
  state = $state<SaveState>('saved');
  failure = $state<Refusal>();
  #saved: Automation;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(
    saved: Automation,
    private readonly current: () => Automation,
    private readonly onsaved: (document: Automation, view: AutomationView) => void,
  ) {
    this.#saved = saved;
  }

  changed(): void {
    if (this.state === 'conflict') return;
    this.state = 'unsaved';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save(), QUIET_MS);
  }

  /** Writes what is not written yet. True when the file is like the page afterwards. */
  async save(): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#running = this.#running.then(() => this.#write());
    await this.#running;
    return this.state === 'saved';
  }

  /** The page's version is to be kept. */
  async overwrite(): Promise<void> {
    const view = await call('automations.get', { id: this.current().id });
    this.#saved = view.document as unknown as Automation;
    this.state = 'unsaved';
    await this.save();
  }

  /** The file as it is now when somebody else changed it; undefined when it is still the one that was saved. */
  async changedElsewhere(): Promise<AutomationView | undefined> {
    await this.#running;
    const view = await call('automations.get', { id: this.#saved.id });
    return isSame(view.document, this.#saved) || isSame(view.document, this.current()) ? undefined : view;
  }

  follow(document: Automation): void {
    clearTimeout(this.#timer);
    this.#saved = document;
    this.state = 'saved';
    this.failure = undefined;
  }

  stop(): void {
    clearTimeout(this.#timer);
    if (this.state === 'unsaved') void this.save();
  }

  async #write(): Promise<void> {
    const document = this.current();
    if (this.state === 'conflict' || isSame(document, this.#saved)) {
      if (this.state === 'unsaved') this.state = 'saved';
      return;
    }
    this.state = 'saving';
    try {
      const before = await call('automations.get', { id: document.id });
      if (!isSame(before.document, this.#saved)) {
        this.state = 'conflict';
        return;
      }
      const view = await call('automations.save', { document: document as unknown as Record<string, Json> });
      this.#saved = view.document as unknown as Automation;
      this.failure = undefined;
      this.state = this.current() === document ? 'saved' : 'unsaved';
      this.onsaved(document, view);
      if (this.current() !== document) this.changed();
    } catch (error) {
      this.failure = asRefusal(error);
      this.state = 'failed';
    }
  }
}
