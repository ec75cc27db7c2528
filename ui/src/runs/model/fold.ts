/** What the events of a run add up to, live or a year later. Pure; the same rules as the engine's own state. */
import type {
  Json,
  RequestSent,
  ResponseReceived,
  RunEvent,
  RunFinished,
  StepFinished,
  StepStarted,
} from '../../lib/contract';

/** A request and its answer, which is missing while it is under way or when none came. */
export interface Exchange {
  readonly request: RequestSent;
  readonly response?: ResponseReceived;
}

/** One step at one path: `outcome` is missing while it runs. */
export interface StepState {
  readonly path: string;
  readonly stepId: string;
  readonly type: string;
  readonly description: string;
  readonly startedAt: number;
  readonly finishedAt?: number;
  readonly outcome?: StepFinished['outcome'];
  readonly attempts: number;
  readonly error: Readonly<Record<string, Json>> | null;
  readonly output: Readonly<Record<string, Json>>;
  readonly exchanges: readonly Exchange[];
  readonly storedAs: string | null;
  /** Of a loop: how many rounds began, and of how many. */
  readonly rounds?: { readonly entered: number; readonly total: number | null };
}

/** A run so far. `steps` is keyed by path, in the order in which they began. */
export interface RunState {
  readonly runId: string;
  readonly automationId: string;
  readonly name: string;
  readonly startedAt: number;
  readonly finishedAt?: number;
  readonly outcome?: RunFinished['outcome'];
  readonly error: Readonly<Record<string, Json>> | null;
  readonly steps: ReadonlyMap<string, StepState>;
  readonly variables: Readonly<Record<string, Json>>;
  readonly nextSeq: number;
}

export const EMPTY: RunState = {
  runId: '',
  automationId: '',
  name: '',
  startedAt: 0,
  error: null,
  steps: new Map(),
  variables: {},
  nextSeq: 0,
};

type Draft = { -readonly [Key in keyof RunState]: RunState[Key] } & {
  steps: Map<string, StepState>;
  variables: Record<string, Json>;
};

/** The state after all events. Folding in two parts gives the same as folding at once. */
export function fold(events: Iterable<RunEvent>, start: RunState = EMPTY): RunState {
  // The tables are copied once, not again for each of 100,000 events.
  const draft: Draft = { ...start, steps: new Map(start.steps), variables: { ...start.variables } };
  for (const event of events) apply(draft, event);
  return draft;
}

function apply(run: Draft, event: RunEvent): void {
  run.nextSeq = event.seq + 1;
  switch (event.type) {
    case 'RunStarted':
      run.runId = event.runId;
      run.automationId = event.automationId;
      run.name = event.name;
      run.startedAt = event.at;
      run.variables = { ...event.variables };
      break;
    case 'StepStarted':
      run.steps.set(event.path, begun(event));
      break;
    case 'StepRetrying':
      change(run, event.path, () => ({ attempts: event.attempt + 1 }));
      break;
    case 'RequestSent':
      change(run, event.path, ({ exchanges }) => ({ exchanges: [...exchanges, { request: event }] }));
      break;
    case 'ResponseReceived':
      change(run, event.path, ({ exchanges }) => ({ exchanges: answered(exchanges, event) }));
      break;
    case 'StepFinished':
      finish(run, event);
      break;
    case 'LoopEntered':
      change(run, loopOf(event.path), ({ rounds }) => ({
        rounds: { entered: Math.max(rounds?.entered ?? 0, event.index + 1), total: event.total },
      }));
      break;
    case 'VariableSet':
      run.variables[event.name] = event.value;
      break;
    case 'RunFinished':
      run.finishedAt = event.at;
      run.outcome = event.outcome;
      run.error = event.error;
      break;
    case 'BranchTaken':
      break;
    default:
      event satisfies never;
  }
}

function begun(event: StepStarted | StepFinished): StepState {
  return {
    path: event.path,
    stepId: event.stepId,
    type: event.type === 'StepStarted' ? event.stepType : '',
    description: event.type === 'StepStarted' ? event.description : '',
    startedAt: event.at,
    attempts: 1,
    error: null,
    output: {},
    exchanges: [],
    storedAs: null,
  };
}

function finish(run: Draft, event: StepFinished): void {
  const { outcome, error, output, storedAs } = event;
  // A disabled step finishes without having started.
  const step = run.steps.get(event.path) ?? begun(event);
  run.steps.set(event.path, { ...step, finishedAt: event.at, outcome, error, output, storedAs });
  if (storedAs !== null) run.variables[storedAs] = output.data ?? null;
}

function change(run: Draft, path: string, changed: (step: StepState) => Partial<StepState>): void {
  const step = run.steps.get(path);
  if (step) run.steps.set(path, { ...step, ...changed(step) });
}

function answered(exchanges: readonly Exchange[], response: ResponseReceived): Exchange[] {
  const last = exchanges[exchanges.length - 1];
  return last ? [...exchanges.slice(0, -1), { ...last, response }] : [];
}

/** `2/loop[3]` and `2/loop[3]/` as `2`: a round is told of at its own place or at its loop's. */
export function loopOf(path: string): string {
  return path.replace(/\/loop\[\d+\]\/?$/, '');
}
