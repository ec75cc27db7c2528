/** A schedule as its dialog has it, and as the program takes it. Pure. */
import type { ScheduleEntry, ScheduleOptions, ScheduleTrigger } from '../lib/contract';

export const UNITS = { minutes: 1, hours: 60, days: 1440 } as const;
export type Unit = keyof typeof UNITS;

export interface Draft {
  kind: ScheduleTrigger['kind'];
  every: string;
  unit: Unit;
  expression: string;
  at: string;
  zone: string;
  missed: NonNullable<ScheduleOptions['missed']>;
  limit: string;
  /** Empty: the usual one. */
  grace: string;
  graceUnit: Unit;
  overlap: NonNullable<ScheduleOptions['overlap']>;
  notifies: boolean;
}
export type Problems = Partial<Record<keyof Draft, string>>;

const DAILY = '30 7 * * *';
const MAX_GRACE = 7 * UNITS.days;

/** What a new schedule begins with; an entry as it was entered. */
export function draftOf(zone: string, entry?: ScheduleEntry): Draft {
  const { trigger, options } = entry ?? { trigger: undefined, options: {} as ScheduleOptions };
  const every = inUnits(trigger?.minutes ?? UNITS.hours);
  const grace = inUnits(options.graceMinutes ?? 0);
  return {
    kind: trigger?.kind ?? 'cron',
    every: every.number,
    unit: every.unit,
    expression: trigger?.expression ?? DAILY,
    at: trigger?.at ?? '',
    zone: trigger?.zone ?? zone,
    missed: options.missed ?? 'runOnce',
    limit: String(options.limit ?? 10),
    grace: options.graceMinutes === undefined ? '' : grace.number,
    graceUnit: grace.unit,
    overlap: options.overlap ?? 'skip',
    notifies: options.notifies ?? false,
  };
}

export function triggerOf(draft: Draft): ScheduleTrigger {
  const { kind, expression, at } = draft;
  const zone = draft.zone.trim();
  if (kind === 'interval') return { kind, minutes: Number(draft.every) * UNITS[draft.unit] };
  if (kind === 'cron') return { kind, expression: expression.trim(), zone };
  if (kind === 'once') return { kind, at: at.trim(), zone };
  return { kind };
}

export function optionsOf(draft: Draft): ScheduleOptions {
  const { missed, overlap, notifies } = draft;
  const grace =
    draft.grace.trim() === '' ? {} : { graceMinutes: Number(draft.grace) * UNITS[draft.graceUnit] };
  const limit = missed === 'runAll' ? { limit: Number(draft.limit) } : {};
  return { missed, overlap, notifies, ...limit, ...grace };
}

/** What can be said without asking the program, which knows cron and the days of the clocks. */
export function problemsOf(draft: Draft, zones: readonly string[]): Problems {
  const problems: Problems = {};
  if (draft.kind === 'interval' && !isWhole(draft.every, 1)) problems.every = 'Enter a whole number above 0.';
  if (draft.kind === 'cron' && draft.expression.trim() === '') problems.expression = 'Enter five fields.';
  if (draft.kind === 'once' && draft.at.trim() === '') problems.at = 'Choose a day and a time.';
  if (hasZone(draft.kind) && !zones.includes(draft.zone.trim()))
    problems.zone = 'There is no such time zone. Choose one of the list, such as Europe/Berlin.';
  if (draft.missed === 'runAll' && !isWhole(draft.limit, 1, 100))
    problems.limit = 'Enter a whole number from 1 to 100.';
  if (draft.grace.trim() !== '' && !isGrace(draft)) problems.grace = 'Enter 1 minute to 7 days, or nothing.';
  return problems;
}

/** The field that a trigger's problem belongs beside. */
export function fieldOf(kind: Draft['kind']): keyof Draft {
  return ({ interval: 'every', cron: 'expression', once: 'at', programStart: 'kind' } as const)[kind];
}

export function hasZone(kind: Draft['kind']): boolean {
  return kind === 'cron' || kind === 'once';
}

/** 90 as 90 minutes, 120 as 2 hours. */
function inUnits(minutes: number): { number: string; unit: Unit } {
  const unit =
    (['days', 'hours'] as const).find((each) => minutes > 0 && minutes % UNITS[each] === 0) ?? 'minutes';
  return { number: String(minutes / UNITS[unit]), unit };
}

function isGrace({ grace, graceUnit }: Draft): boolean {
  return isWhole(grace, 1) && Number(grace) * UNITS[graceUnit] <= MAX_GRACE;
}

function isWhole(text: string, lowest: number, highest = 1_000_000): boolean {
  const number = Number(text);
  return text.trim() !== '' && Number.isInteger(number) && number >= lowest && number <= highest;
}
