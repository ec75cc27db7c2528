/** What the passphrase of a bundle must be: whoever gets the file can try for as long as they like. */

export interface Sealing {
  passphrase: string;
  again: string;
}

export const MIN_PASSPHRASE = 12;

/** By field. */
export function bundleProblems({ passphrase, again }: Sealing): Partial<Sealing> {
  if ([...passphrase].length < MIN_PASSPHRASE)
    return { passphrase: `Take at least ${MIN_PASSPHRASE} characters. Four or five words are good.` };
  return again === passphrase ? {} : { again: 'The two are not the same. Enter it again.' };
}
