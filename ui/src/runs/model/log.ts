/** The lines of a run's log: what a person wants to read of each event. Pure. */
import type { Json, RunEvent, RunFinished, RunRehearsed, StepFinished } from '../../lib/contract';
import { shown } from '../../lib/shown';
import { clock, duration, size, timeOfDay } from './duration';
import { loopOf, type RunState } from './fold';

export interface LogLine {
  readonly seq: number;
  readonly time: string;
  readonly where: string;
  readonly text: string;
  readonly tone: 'plain' | 'danger' | 'warning' | 'success' | 'quiet';
}

type Said = Pick<LogLine, 'text' | 'tone'>;

const MAX_VALUE = 300;
const BRANCHES: Readonly<Record<string, string>> = {
  then: 'Holds → Then',
  elseIf: 'Does not hold → Else if',
  else: 'Does not hold → Otherwise',
  onError: 'Failed → When it fails',
  finally: 'In any case',
};

/** `run` holds the step already. `titleOf` names a type of steps. Nothing for events that say nothing new. */
export function lineOf(
  event: RunEvent,
  run: RunState,
  titleOf: (type: string) => string,
): LogLine | undefined {
  const said = say(event, run);
  if (!said) return undefined;
  const step = run.steps.get(loopOf(event.path));
  const where = step ? step.description || titleOf(step.type) || step.stepId : 'Run';
  return { seq: event.seq, time: clock(event.at), where, ...said, text: shown(said.text) };
}

function say(event: RunEvent, run: RunState): Said | undefined {
  switch (event.type) {
    case 'RunStarted':
      return plain('Started');
    case 'StepStarted':
      return event.stepType === 'wait' ? plain('Waiting') : undefined;
    case 'RequestSent':
      return plain(`${event.method} ${event.url}`);
    case 'ResponseReceived':
      return answer(event.status, [size(event.sizeBytes), duration(event.elapsedS)]);
    case 'StepRetrying':
      return {
        text: `Attempt ${event.attempt} failed: ${messageOf(event.error)} Next try in ${duration(event.delayS)}.`,
        tone: 'warning',
      };
    case 'StepWaiting':
      return {
        text: `Waits until ${timeOfDay(event.until)}: the ${event.limit} is used up.`,
        tone: 'warning',
      };
    case 'StepFinished':
      return finished(event, run);
    case 'LoopEntered':
      return plain(`Round ${event.index + 1}${event.total === null ? '' : ` of ${event.total}`}`);
    case 'BranchTaken':
      return plain(BRANCHES[event.branch] ?? event.branch);
    case 'ValuesTaken':
      return undefined;
    case 'VariableSet':
      return plain(`${event.name} = ${short(event.value)}`);
    case 'RunRehearsed':
      return rehearsed(event);
    case 'AnswerTaken':
      return plain(
        event.ofRun
          ? `Not sent: goes on with what run ${event.ofRun.slice(0, 8)} was answered`
          : 'Not sent: goes on with placeholders',
      );
    case 'Differed':
      return { text: `Was ${event.recorded}, is ${event.now}`, tone: 'warning' };
    case 'RunPaused':
      return { text: `Paused before ${event.stepId}`, tone: 'warning' };
    case 'RunContinued':
      return plain(event.mode === 'step' ? 'Goes on for one step' : 'Goes on');
    case 'RunFinished':
      return ended(event, duration(event.at - run.startedAt));
    default:
      return event satisfies never;
  }
}

function rehearsed({ kind, ofRun }: RunRehearsed): Said {
  return plain(
    kind === 'dry' ? 'Dry run: nothing is sent' : `Replay of run ${ofRun.slice(0, 8)}: nothing is sent`,
  );
}

function ended({ outcome, error }: RunFinished, after: string): Said {
  if (outcome === 'succeeded') return { text: `Succeeded after ${after}`, tone: 'success' };
  if (outcome === 'cancelled') return { text: `Cancelled after ${after}`, tone: 'warning' };
  // What went wrong in a step stands at that step already.
  const why = error?.path === undefined ? messageOf(error) : '';
  return { text: `Failed after ${after}${why && `: ${why}`}`, tone: 'danger' };
}

function finished(event: StepFinished, run: RunState): Said | undefined {
  switch (event.outcome) {
    case 'failed':
      // A loop or a branch fails with a step in it, which has told why.
      if (run.failedIn.has(event.path)) return undefined;
      return { text: `Failed: ${messageOf(event.error)}`, tone: 'danger' };
    case 'unknown':
      return { text: `Not known whether it was done. ${messageOf(event.error)}`.trim(), tone: 'warning' };
    case 'skipped':
      return { text: 'Skipped: this step is switched off', tone: 'quiet' };
    case 'cancelled':
      return { text: 'Cancelled', tone: 'warning' };
    case 'succeeded':
      return event.storedAs === null ? undefined : plain(`Kept as ${event.storedAs}`);
    default:
      return event.outcome satisfies never;
  }
}

function answer(status: number, parts: readonly string[]): Said {
  return { text: `Answer ${status}, ${parts.join(', ')}`, tone: status >= 400 ? 'danger' : 'plain' };
}

function plain(text: string): Said {
  return { text, tone: 'plain' };
}

export function messageOf(error: Readonly<Record<string, Json>> | null): string {
  return typeof error?.message === 'string' ? shown(error.message) : '';
}

function short(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text;
}
