/** Keeps the file like the page: saves a moment after a change, and says so when the file was changed elsewhere. */
import { asRefusal, call, type Refusal } from '../../lib/api';
import type { AutomationView, Json } from '../../lib/contract';
import { type Automation, isSame } from '../model/step';

export type SaveState = 'saved' | 'unsaved' | 'saving' | 'failed' | 'conflict';

const QUIET_MS = 700;
const CHANGED = 'automation.changed_elsewhere';
/** What could not be saved when its editor was left, by the id of the automation: it is there when one comes back. */
const left = new Map<string, Automation>();

export class Saver {
  state = $state<SaveState>('saved');
  failure = $state<Refusal>();
  #saved: Automation;
  #version: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(
    view: AutomationView,
    private readonly current: () => Automation,
    private readonly onsaved: (document: Automation, view: AutomationView) => void,
  ) {
    this.#saved = view.document as unknown as Automation;
    this.#version = view.version;
  }

  /** What was left unsaved the last time, once. */
  takeLeft(): Automation | undefined {
    const found = left.get(this.#saved.id);
    left.delete(this.#saved.id);
    return found && !isSame(found, this.#saved) ? found : undefined;
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
    this.#running = this.#running.then(() => this.#write(this.#version));
    await this.#running;
    return this.state === 'saved';
  }

  /** The page's version is to be kept, whatever the file says. */
  async overwrite(): Promise<void> {
    this.state = 'unsaved';
    this.#running = this.#running.then(() => this.#write(undefined));
    await this.#running;
  }

  /** The file as it is now when somebody else changed it; undefined when it is still the one that was saved. */
  async changedElsewhere(): Promise<AutomationView | undefined> {
    await this.#running;
    const view = await call('automations.get', { id: this.#saved.id });
    return view.version === this.#version || isSame(view.document, this.current()) ? undefined : view;
  }

  follow(view: AutomationView): void {
    clearTimeout(this.#timer);
    this.#saved = view.document as unknown as Automation;
    this.#version = view.version;
    this.state = 'saved';
    this.failure = undefined;
  }

  /** The editor is left: what is not saved is saved, or kept until one comes back. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.state === 'unsaved') await this.save();
    else await this.#running;
    if (this.state !== 'saved') left.set(this.#saved.id, this.current());
  }

  async #write(version: string | undefined): Promise<void> {
    const document = this.current();
    if (this.state === 'conflict' || (version && isSame(document, this.#saved))) {
      if (this.state === 'unsaved') this.state = 'saved';
      return;
    }
    this.state = 'saving';
    try {
      const view = await call('automations.save', {
        document: document as unknown as Record<string, Json>,
        ...(version ? { version } : {}),
      });
      this.#saved = view.document as unknown as Automation;
      this.#version = view.version;
      this.failure = undefined;
      this.state = this.current() === document ? 'saved' : 'unsaved';
      this.onsaved(document, view);
      if (this.current() !== document) this.changed();
    } catch (error) {
      const refusal = asRefusal(error);
      this.failure = refusal.code === CHANGED ? undefined : refusal;
      this.state = refusal.code === CHANGED ? 'conflict' : 'failed';
    }
  }
}
