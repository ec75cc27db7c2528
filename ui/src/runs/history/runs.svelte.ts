/** The runs of the list: filtered by the door, a page at a time, read again when one begins or ends. */
import { asRefusal, call, type Refusal } from '../../lib/api';
import type { HistoryEntry } from '../../lib/contract';
import { onNotice } from '../../lib/events';
import { type Filter, isEmpty, merged, NO_FILTER, wanted } from './filter';

const PAGE = 50;

export class Runs {
  entries = $state.raw<readonly HistoryEntry[]>([]);
  failure = $state.raw<Refusal>();
  isLoaded = $state(false);
  hasMore = $state(false);
  filter = $state.raw<Filter>(NO_FILTER);
  /** Names of automations by id: those there are, and those that only the history knows. */
  names = $state.raw<ReadonlyMap<string, string>>(new Map());
  private asked = 0;
  private isReading = false;

  get isFiltered(): boolean {
    return !isEmpty(this.filter);
  }

  /** Until the returned function is called. */
  follow(): () => void {
    void this.nameAll();
    void this.load();
    return onNotice('history', () => void this.load());
  }

  /** The newest again; what is shown below them stays. */
  async load(): Promise<void> {
    await this.read(undefined);
  }

  async more(): Promise<void> {
    if (!this.isReading) await this.read(this.entries[this.entries.length - 1]?.startedAt);
  }

  async choose(changed: Partial<Filter>): Promise<void> {
    this.filter = { ...this.filter, ...changed };
    this.entries = [];
    this.hasMore = false;
    await this.load();
  }

  private async read(before: number | undefined): Promise<void> {
    this.asked += 1;
    const mine = this.asked;
    this.isReading = true;
    try {
      const page = await call('history.list', { ...wanted(this.filter, before), limit: PAGE });
      // Another filter was chosen meanwhile: what comes late is not shown.
      if (mine !== this.asked) return;
      const isMore = before !== undefined || this.entries.length === 0;
      this.entries = before === undefined ? merged(this.entries, page, PAGE) : [...this.entries, ...page];
      if (isMore) this.hasMore = page.length === PAGE;
      this.failure = undefined;
      this.learn(page);
    } catch (error) {
      if (mine === this.asked) this.failure = asRefusal(error);
    } finally {
      if (mine === this.asked) this.isReading = false;
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
