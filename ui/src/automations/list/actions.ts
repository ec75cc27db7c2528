/** What can be done with whole automations: made, brought in from a file, given away as one. */
import { asRefusal, call, Refusal } from '../../lib/api';
import { go } from '../../lib/router.svelte';
import { count, list } from '../../lib/words';

const NEW_NAME = 'New automation';
const IMPORT_LIMIT_BYTES = 5 * 1024 * 1024;

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

/** Starts a run and shows it. Throws a Refusal when nothing was run. */
export async function runAutomation(id: string): Promise<void> {
  const { runId } = await call('runs.start', { automationId: id });
  go('history', runId);
}

/** Gives what to tell. Throws a Refusal, or an Error in words when the file is too large. */
export async function importFile(file: File): Promise<{ id: string; told: string }> {
  if (file.size > IMPORT_LIMIT_BYTES) throw new Error(`${file.name} is larger than 5 MiB.`);
  const view = await call('automations.import', { text: await file.text() });
  const problems =
    view.problems.length > 0 ? ` It has ${count(view.problems.length, 'problem')} to look at.` : '';
  return { id: String(view.document.id), told: `“${view.document.name}” is imported.${problems}` };
}

/** Why a file was not imported: each problem with its place, else what was refused and what to do. */
export function whyNot(error: unknown): string {
  if (error instanceof Error && !(error instanceof Refusal)) return error.message;
  const { message, hint, problems } = asRefusal(error);
  if (problems.length === 0) return `${message} ${hint}`.trim();
  return problems.map((problem) => `${problem.path} ${problem.message}.`).join(' ');
}

/** Saves the file through the browser, and says which credentials whoever gets it will need. */
export async function exportFile(id: string): Promise<string> {
  const { text, fileName, needs } = await call('automations.export', { id });
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
  const names = list(needs.map((need) => need.name));
  return `${fileName} is saved, without secrets.${names ? ` It needs the credentials ${names}.` : ''}`;
}
