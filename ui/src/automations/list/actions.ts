/** What can be done with whole automations: made, brought in from a file, given away as one. */
import { asRefusal, call, Refusal } from '../../lib/api';
import { go } from '../../lib/router.svelte';
import { startRun } from '../../lib/start.svelte';
import { count, list } from '../../lib/words';

const NEW_NAME = 'New automation';
/** The door takes no more. */
const IMPORT_LIMIT_BYTES = 4_000_000;

/** `New automation`, or with the next number that is free. */
export function freeName(taken: readonly string[]): string {
  if (!taken.includes(NEW_NAME)) return NEW_NAME;
  let number = 2;
  while (taken.includes(`${NEW_NAME} ${number}`)) number += 1;
  return `${NEW_NAME} ${number}`;
}

export async function createAutomation(taken: readonly string[]): Promise<void> {
  const view = await call('automations.create', { name: freeName(taken) });
  go('automations', String(view.document.id));
}

/** Starts a run and shows it; what posts in a loop is asked about first. Throws a Refusal when nothing was run. */
export async function runAutomation(id: string): Promise<void> {
  const runId = await startRun({ automationId: id });
  if (runId !== undefined) go('history', runId);
}

/** What was imported, and what to know about it. */
export interface Brought {
  id: string;
  told: string;
}

/** Throws a Refusal, or an Error in words when the file is too large. */
export async function importFile(file: File): Promise<Brought> {
  if (file.size > IMPORT_LIMIT_BYTES) throw new Error(`${file.name} is larger than 4 MB.`);
  const text = await file.text();
  const { id, name, movedKeys, missing, notes } = await call('automations.import', { text });
  const moved =
    movedKeys > 0
      ? ` The keys that stood in ${count(movedKeys, 'step')} in plain text are in your vault now. The file you imported still has them: delete it.`
      : '';
  const todo =
    missing.length > 0
      ? ` It needs ${list(missing.map((each) => `“${each}”`))}, which you have not saved yet.`
      : '';
  return { id, told: [`“${name}” is imported.${moved}${todo}`, ...notes].join(' ') };
}

/** A copy of an example, opened. Throws a Refusal. */
export async function openExample(name: string): Promise<void> {
  const view = await call('automations.addExample', { name });
  go('automations', String(view.document.id));
}

/** Why a file was not imported: each problem with its place, else what was refused and what to do. */
export function whyNot(error: unknown): string {
  if (error instanceof Error && !(error instanceof Refusal)) return error.message;
  const { message, hint, problems } = asRefusal(error);
  if (problems.length === 0) return `${message} ${hint}`.trim();
  return problems.map((problem) => `${problem.path} ${problem.message}.`).join(' ');
}
