/** The runs of the list: filtered by the door, a page at a time, read again when one begins or ends. */
import { asRefusal, call, type Refusal } from '../../lib/api';
import type { HistoryEntry } from '../../lib/contract';
import { onNotice } from '../../lib/events';
import type { Outcome } from '../model/outcome';

const PAGE = 50;
const MAX_LISTED = 500;

export class Runs {
  entries = $state.raw<HistoryEntry[]>([]);
  failure = $state.raw<Refusal>();
  isLoaded = $state(false);
  hasMore = $state(false);
  automationId = $state('');
  outcome = $state<Outcome | ''>('');
  /** Names of automations by id: those there are, and those that only the history knows. */
  names = $state.raw<ReadonlyMap<string, string>>(new Map());
  private asked = 0;

  get isFiltered(): boolean {
    return this.automationId !== '' || this.outcome !== '';
  }

  /** Until the returned function is called. */
  follow(): () => void {
    void this.nameAll();
    void this.load();
    return onNotice('history', () => void this.load());
  }

  /** From the newest on, as many as are shown. */
  async load(): Promise<void> {
    const limit = Math.min(MAX_LISTED, Math.max(PAGE, this.entries.length));
    await this.read(limit, undefined);
  }

  async more(): Promise<void> {
    await this.read(PAGE, this.entries[this.entries.length - 1]?.startedAt);
  }

  async choose(automationId: string, outcome: Outcome | ''): Promise<void> {
    Object.assign(this, { automationId, outcome, entries: [] });
    await this.load();
  }

  private async read(limit: number, before: number | undefined): Promise<void> {
    this.asked += 1;
    const mine = this.asked;
    const { automationId, outcome } = this;
    try {
      const wanted = { ...(automationId && { automationId }), ...(outcome && { outcome }) };
      const page = await call('history.list', { ...wanted, limit, ...(before && { before }) });
      // Another filter was chosen meanwhile: what comes late is not shown.
      if (mine !== this.asked) return;
      this.entries = before === undefined ? page : [...this.entries, ...page];
      this.hasMore = page.length === limit;
      this.failure = undefined;
      this.learn(page);
    } catch (error) {
      if (mine === this.asked) this.failure = asRefusal(error);
    } finally {
      this.isLoaded = true;
    }
  }

  private learn(page: readonly HistoryEntry[]): void {
    const known = page.map(({ automationId, name }) => [automationId, name] as const);
    this.names = new Map([...known, ...this.names]);
  }

  private async nameAll(): Promise<void> {
    try {
      const automations = await call('automations.list');
      this.names = new Map([...this.names, ...automations.map(({ id, name }) => [id, name] as const)]);
    } catch {
      // Then the names in the history are offered.
    }
  }
}
