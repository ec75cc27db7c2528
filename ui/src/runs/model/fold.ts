/** What the events of a run add up to, live or a year later. Pure; the same rules as the engine's own state. */
import type {
  Differed,
  Json,
  RequestSent,
  ResponseReceived,
  RunEvent,
  RunFinished,
  StepFinished,
  StepStarted,
} from '../../lib/contract';
import { shown } from '../../lib/shown';
import { copiedOutline, grow, type Outline, type OutlineDraft } from './outline';

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
  /** It was not sent: the run whose answer it left, or empty for placeholders. */
  readonly answerOf?: string;
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
  readonly outline: Outline;
  readonly variables: Readonly<Record<string, Json>>;
  readonly nextSeq: number;
  /** The paths in which a step has failed: of its blocks, and of the steps that these belong to. */
  readonly failedIn: ReadonlySet<string>;
  /** A dry run or a replay sends nothing; `ofRun` is where its answers come from. */
  readonly kind: 'real' | 'dry' | 'replay';
  readonly ofRun: string;
  /** What a replay does that the recorded run did not. */
  readonly differences: readonly Differed[];
  /** The step before which the run waits. */
  readonly pausedAt?: string;
}

export const EMPTY: RunState = {
  runId: '',
  automationId: '',
  name: '',
  startedAt: 0,
  error: null,
  steps: new Map(),
  outline: { steps: new Map(), blocks: new Map() },
  variables: {},
  nextSeq: 0,
  failedIn: new Set(),
  kind: 'real',
  ofRun: '',
  differences: [],
};

type Draft = { -readonly [Key in keyof RunState]: RunState[Key] } & {
  steps: Map<string, StepState>;
  outline: OutlineDraft;
  variables: Record<string, Json>;
  failedIn: Set<string>;
};

/** The state after all events. Folding in two parts gives the same as folding at once. */
export function fold(events: Iterable<RunEvent>, start: RunState = EMPTY): RunState {
  return foldOn(events, copied(start));
}

/** The same, with tables of its own. */
export function copied(start: RunState): RunState {
  return {
    ...start,
    steps: new Map(start.steps),
    outline: copiedOutline(start.outline),
    variables: { ...start.variables },
    failedIn: new Set(start.failedIn),
  };
}

/** As `fold`, for whoever keeps only the newest state: the tables of `start` grow, and are not copied. */
export function foldOn(events: Iterable<RunEvent>, start: RunState): RunState {
  const draft = { ...start } as Draft;
  for (const event of events) apply(draft, event);
  return draft;
}

function apply(run: Draft, event: RunEvent): void {
  run.nextSeq = event.seq + 1;
  switch (event.type) {
    case 'RunStarted':
      run.runId = event.runId;
      run.automationId = event.automationId;
      run.name = shown(event.name);
      run.startedAt = event.at;
      run.variables = { ...event.variables };
      break;
    case 'StepStarted':
      put(run, begun(event));
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
      set(run, event.path, event.name, event.value);
      break;
    case 'RunFinished':
      run.finishedAt = event.at;
      run.outcome = event.outcome;
      run.error = event.error;
      run.pausedAt = undefined;
      break;
    case 'RunRehearsed':
      run.kind = event.kind;
      run.ofRun = event.ofRun;
      break;
    case 'AnswerTaken':
      change(run, event.path, () => ({ answerOf: event.ofRun }));
      break;
    case 'Differed':
      run.differences = [...run.differences, event];
      break;
    case 'RunPaused':
      run.pausedAt = event.stepId;
      break;
    case 'RunContinued':
      run.pausedAt = undefined;
      break;
    case 'BranchTaken':
    case 'ValuesTaken':
    case 'StepWaiting':
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
    description: event.type === 'StepStarted' ? shown(event.description) : '',
    startedAt: event.at,
    attempts: 1,
    error: null,
    output: {},
    exchanges: [],
    storedAs: null,
  };
}

function put(run: Draft, step: StepState): void {
  if (!run.steps.has(step.path)) grow(run.outline, step.path, (path) => run.steps.has(path));
  run.steps.set(step.path, step);
}

function finish(run: Draft, event: StepFinished): void {
  const { outcome, error, output, storedAs } = event;
  if (outcome === 'failed') for (const path of around(event.path)) run.failedIn.add(path);
  // A disabled step finishes without having started.
  const step = run.steps.get(event.path) ?? begun(event);
  put(run, { ...step, finishedAt: event.at, outcome, error, output, storedAs });
  if (storedAs !== null) set(run, event.path, storedAs, output.data ?? null);
}

/** `0/loop[1]` and `0` for `0/loop[1]/2`. */
function around(path: string): string[] {
  const found: string[] = [];
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1))
    found.push(path.slice(0, end));
  return found;
}

/** What a called automation sets is its own. */
function set(run: Draft, path: string, name: string, value: Json): void {
  if (!path.includes('/run/')) run.variables[name] = value;
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
