/** What can be done with a passphrase, and how it is said. */
import type { Refusal } from '../../lib/api';

export type Aim = 'set' | 'change' | 'remove';

/** The kinds of keys of a vault, as a person calls them. */
export const KEYS: Readonly<Record<string, string>> = {
  keychain: 'This computer’s keychain',
  passphrase: 'Passphrase',
  keyfile: 'Key file',
  recovery: 'Recovery key',
};

export const WORDS: Record<Aim, { title: string; action: string; about: string; done: string }> = {
  set: {
    title: 'Set a passphrase',
    action: 'Set passphrase',
    about:
      'Loopi then asks for it at each start, and this computer keeps no key. Nobody can recover it: write it down in a safe place.',
    done: 'The passphrase is set.',
  },
  change: {
    title: 'Change the passphrase',
    action: 'Change passphrase',
    about: 'The backup is renewed too, so that the old passphrase opens nothing any more.',
    done: 'The passphrase is changed.',
  },
  remove: {
    title: 'Remove the passphrase',
    action: 'Remove passphrase',
    about: 'This computer keeps the key again: in its keychain, or in a file where there is none.',
    done: 'The passphrase is removed.',
  },
};

export interface Entered {
  current: string;
  wanted: string;
  again: string;
}

/** By field. The program decides whether the present one is right. */
export function passphraseProblems(aim: Aim, entered: Entered): Partial<Entered> {
  const problems: Partial<Entered> = {};
  if (aim !== 'set' && entered.current === '') problems.current = 'Enter the present passphrase.';
  if (aim === 'remove') return problems;
  if (entered.wanted === '') problems.wanted = 'Enter the new passphrase.';
  else if (entered.again !== entered.wanted) problems.again = 'The two are not the same. Enter it again.';
  return problems;
}

/** A word on its strength, from its length alone: longer is what helps. */
export function advice(passphrase: string): string {
  if (passphrase.length < 12) return 'Four or more random words are hard to guess and easy to keep in mind.';
  return passphrase.length < 20 ? 'Good. Longer is better.' : 'Long enough.';
}

/** A wrong passphrase in words of the page: the program's own hint speaks of its command line. */
export function passphraseWords(refusal: Refusal): string {
  if (refusal.code !== 'vault.wrong_key') return `${refusal.message} ${refusal.hint}`;
  return 'This passphrase does not open the vault. Look at capital letters and the keyboard’s language.';
}
