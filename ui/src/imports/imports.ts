/** What other programs wrote, taken over: files read, sent, and what came of it. */
import { call } from '../lib/api';
import type { ImportReport, ImportSource } from '../lib/contract';

/** The door takes 4 MB, and JSON writes some characters longer. */
export const LIMIT_BYTES = 3_500_000;
/** An automation that was exported here is no other program's. */
export const OWN: ImportSource = { id: 'own', title: 'Loopi', what: 'an automation that was exported' };
/** How the files of a source end, for the browser's dialog. */
const ENDS: Readonly<Record<string, string>> = {
  own: '.json',
  loopi: '.json',
  postman: '.json',
  n8n: '.json',
  bruno: '.bru',
  curl: '.txt,.sh',
};

/** Nothing where every file is offered: a name such as `.env` has no end that a browser knows. */
export function endsOf(source: string): string {
  return ENDS[source] ?? '';
}

/** The Electron app has a file for its credentials and one for each automation. */
export function takesSeveral(source: string): boolean {
  return source === 'loopi';
}

/** Throws an Error in words when the files are too large together. */
export async function textsOf(files: readonly File[]): Promise<string[]> {
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (size > LIMIT_BYTES) throw new Error('The files are larger than 3.5 MB together. Choose fewer at once.');
  return Promise.all(files.map((file) => file.text()));
}

export function takeOver(source: string, texts: string[], password: string): Promise<ImportReport> {
  return call('imports.read', { source, texts, ...(password && { password }) });
}
