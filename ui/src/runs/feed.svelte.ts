/** One run as it is shown: what the journal has, then each event as it happens. */
import { asRefusal, call, type Refusal } from '../lib/api';
import type { HistoryEntry, RunEvent, StepType } from '../lib/contract';
import { onNotice } from '../lib/events';
import { copied, EMPTY, foldOn, type RunState } from './model/fold';
import { type LogLine, lineOf } from './model/log';
import { type Outcome, outcomeOf } from './model/outcome';

const RECHECK_MS = 1000;
/** A run of this program tells by itself; now and then it is asked for all the same. */
const RECHECKS_HERE = 5;
/** Events that are taken at once: the page answers in between. */
const AT_ONCE = 500;
/** While a long run is read, what is there of it is drawn so often. */
const DRAW_MS = 250;
/** A run of many thousand steps is folded less often, so that the page stays quick. */
const MANY_STEPS = 5000;
const MANY_WAIT_MS = 300;

export class RunFeed {
  run = $state.raw<RunState>(copied(EMPTY));
  failure = $state.raw<Refusal>();
  isLoaded = $state(false);
  /** The run goes on, in this program or in another one of this user. */
  goesOn = $state(true);
  isElsewhere = $state(false);
  /** What the history says of a run that never began: it has no events. */
  unbegun = $state.raw<HistoryEntry>();
  /** Grows in place: a log of 100,000 lines is not copied. `lineCount` says that it grew. */
  readonly lines: LogLine[] = [];
  lineCount = $state(0);

  /** What has arrived; `run` is what of it is drawn. */
  private arrived: RunState = this.run;
  private types = new Map<string, string>();
  private waiting: RunEvent[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isLoading = false;
  private isWanted = false;

  constructor(readonly runId: string) {}

  get outcome(): Outcome {
    return outcomeOf(this.run, this.goesOn);
  }

  get isLive(): boolean {
    return this.run.runId !== '' && this.outcome === 'running';
  }

  titleOf = (type: string): string => this.types.get(type) ?? type;

  /** Until the returned function is called. */
  follow(): () => void {
    const stops = [
      onNotice('run', ({ events }) => this.hear(events.filter((event) => event.runId === this.runId))),
      onNotice('resync', () => void this.load()),
    ];
    // Another program sends no news; this one may have lost a run without a last word (the disk is full).
    let rechecks = 0;
    const recheck = setInterval(() => {
      rechecks += 1;
      if (this.isLive && (this.isElsewhere || rechecks % RECHECKS_HERE === 0)) void this.load();
    }, RECHECK_MS);
    void this.begin();
    return () => {
      clearInterval(recheck);
      clearTimeout(this.timer);
      for (const stop of stops) stop();
    };
  }

  private async begin(): Promise<void> {
    try {
      const types: StepType[] = await call('steps.types');
      this.types = new Map(types.map(({ type, title }) => [type, title]));
    } catch {
      // Without titles the steps go by their types.
    }
    await this.load();
  }

  /** Everything that is not here yet. One at a time; what is asked for meanwhile is asked for after. */
  async load(): Promise<void> {
    this.isWanted = true;
    if (this.isLoading) return;
    this.isLoading = true;
    try {
      while (this.isWanted) {
        this.isWanted = false;
        await this.read();
      }
      this.failure = undefined;
    } catch (error) {
      this.failure = asRefusal(error);
    } finally {
      this.isLoading = false;
      this.isLoaded = true;
    }
  }

  private async read(): Promise<void> {
    // Asked before the events: a run that ended in between then has its last event among them.
    const active = await call('runs.active');
    let page: RunEvent[];
    do {
      page = await call('runs.events', { runId: this.runId, after: this.arrived.nextSeq - 1 });
      await this.takeAll(page);
    } while (page.length > 0 && !this.run.outcome);
    const found = active.find(({ runId }) => runId === this.runId);
    this.goesOn = found !== undefined;
    this.isElsewhere = found !== undefined && !found.isHere;
    const hasBegun = this.goesOn || this.run.runId !== '';
    this.unbegun = hasBegun ? undefined : await call('history.get', { runId: this.runId });
  }

  private hear(events: RunEvent[]): void {
    if (events.length === 0) return;
    this.waiting.push(...events);
    const wait = this.run.steps.size > MANY_STEPS ? MANY_WAIT_MS : 0;
    this.timer ??= setTimeout(() => this.flush(), wait);
  }

  private flush(): void {
    this.timer = undefined;
    const events = this.waiting;
    this.waiting = [];
    const isGap = events.some(
      ({ seq }, place) => seq > (events[place - 1]?.seq ?? this.arrived.nextSeq - 1) + 1,
    );
    if (isGap || !this.isLoaded) {
      void this.load();
      return;
    }
    this.take(events);
    this.draw();
  }

  private async takeAll(events: readonly RunEvent[]): Promise<void> {
    let drawnAt = performance.now();
    for (let start = 0; start < events.length; start += AT_ONCE) {
      this.take(events.slice(start, start + AT_ONCE));
      if (performance.now() - drawnAt > DRAW_MS) {
        this.draw();
        drawnAt = performance.now();
      }
      if (start + AT_ONCE < events.length) await new Promise((go) => setTimeout(go));
    }
    this.draw();
  }

  private take(events: readonly RunEvent[]): void {
    const fresh = events.filter(({ seq }) => seq >= this.arrived.nextSeq);
    this.arrived = foldOn(fresh, this.arrived);
    for (const event of fresh) {
      const line = lineOf(event, this.arrived, this.titleOf);
      if (line) this.lines.push(line);
    }
  }

  private draw(): void {
    this.run = this.arrived;
    this.lineCount = this.lines.length;
  }
}
