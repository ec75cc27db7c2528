/** What other programs wrote, taken over: files read, sent, and what came of it. */
import { asRefusal, call } from '../lib/api';
import type { ImportReport, ImportSource } from '../lib/contract';
import { asBase64 } from '../lib/files';

/** The door takes 4 MB, and JSON writes some characters longer. */
export const LIMIT_BYTES = 3_500_000;
/** A bundle goes through the door in base64, which is a third longer. */
const BUNDLE_LIMIT_BYTES = 2_900_000;
/** An automation that was exported here is no other program's. */
export const OWN: ImportSource = { id: 'own', title: 'Loopi', what: 'an automation that was exported' };
export const BUNDLE: ImportSource = {
  id: 'bundle',
  title: 'Loopi bundle',
  what: 'automations and credentials that were exported together, encrypted with a passphrase',
};
/** How the files of a source end, for the browser's dialog. */
const ENDS: Readonly<Record<string, string>> = {
  own: '.json',
  bundle: '.loopi',
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

/** Throws an Error in words when the file is too large. */
export async function openBundle(file: File, passphrase: string): Promise<ImportReport> {
  if (file.size > BUNDLE_LIMIT_BYTES)
    throw new Error('The bundle is larger than 2.9 MB. Import it with “loopi bundle import” in a terminal.');
  return call('bundle.import', { content: await asBase64(file), passphrase });
}

/** Whether what was typed does not open the file: that is said beside the field. */
export function isWrongKey(error: unknown): boolean {
  return ['import.wrong_key', 'bundle.wrong_passphrase'].includes(asRefusal(error).code);
}
