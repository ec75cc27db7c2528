/** What was entered in a form, and what it asks to change. A stored secret is never in here. Pure. */
import type { FieldChange, FieldState } from '../lib/contract';
import type { FieldSpec } from './schema';

/** One field as the form has it. `stored` is what was saved: its text, or only that there is a secret. */
export interface Entered {
  text: string;
  stored: { isSet: boolean; text: string };
  isCleared: boolean;
}
export type Draft = Record<string, Entered>;

/** A field of the user's own naming. A stored one keeps its name. */
export interface Pair {
  id: number;
  key: string;
  isSecret: boolean;
  wasSecret: boolean;
  isRemoved: boolean;
  entered: Entered;
}

let lastPair = 0;

export function entered(state?: FieldState, initial = ''): Entered {
  const text = state?.value ?? (state?.set ? '' : initial);
  return { text, stored: { isSet: state?.set ?? false, text: state?.value ?? '' }, isCleared: false };
}

export function startDraft(fields: readonly FieldSpec[], states: Record<string, FieldState> = {}): Draft {
  const isNew = Object.keys(states).length === 0;
  const initial = (field: FieldSpec) => (isNew && !field.isSecret ? field.default : '');
  return Object.fromEntries(fields.map((field) => [field.key, entered(states[field.key], initial(field))]));
}

/** The fields of the user's own: all that are stored and not in the schema. */
export function startPairs(known: readonly string[], states: Record<string, FieldState>): Pair[] {
  return Object.entries(states)
    .filter(([key, state]) => !known.includes(key) && state.set)
    .map(([key, state]) => newPair(key, state));
}

export function newPair(key = '', state?: FieldState): Pair {
  const isSecret = state?.secret ?? true;
  return { id: ++lastPair, key, isSecret, wasSecret: isSecret, isRemoved: false, entered: entered(state) };
}

/** What the field holds after saving, as far as can be told: a kept secret is there, but not known. */
export function holds(field: Entered): boolean {
  if (field.isCleared) return false;
  return field.text !== '' || (field.stored.isSet && field.stored.text === '');
}

/** Whether saving would change it. */
export function isChanged(field: Entered): boolean {
  return changeOf(field).op !== 'keep';
}

/** A secret left empty is kept; an open field that was emptied is cleared. */
export function changeOf(field: Entered): FieldChange {
  if (field.isCleared) return { op: 'clear' };
  if (field.text === field.stored.text) return { op: 'keep' };
  return field.text === '' ? { op: 'clear' } : { op: 'set', value: field.text };
}

/** All changes of the form. Fields that are not shown any more are cleared: their branch was closed. */
export function changesOf(
  shown: readonly FieldSpec[],
  draft: Draft,
  pairs: readonly Pair[] = [],
): Record<string, FieldChange> {
  const visible = new Set(shown.map((field) => field.key));
  const changes = Object.entries(draft).map(([key, field]): [string, FieldChange] => {
    if (visible.has(key)) return [key, changeOf(field)];
    return [key, { op: field.stored.isSet ? 'clear' : 'keep' }];
  });
  const own = pairs.map((pair): [string, FieldChange] => [
    pair.key.trim(),
    pair.isRemoved ? { op: pair.entered.stored.isSet ? 'clear' : 'keep' } : changeOf(pair.entered),
  ]);
  return Object.fromEntries(
    [...changes, ...own].filter(([key, change]) => key !== '' && change.op !== 'keep'),
  );
}

/** The values of a new credential. Empty fields are left out. */
export function valuesOf(
  shown: readonly FieldSpec[],
  draft: Draft,
  pairs: readonly Pair[] = [],
): Record<string, string> {
  const values = shown.map((field): [string, string] => [field.key, draft[field.key]?.text ?? '']);
  const own = pairs.filter((pair) => !pair.isRemoved).map((pair) => [pair.key.trim(), pair.entered.text]);
  return Object.fromEntries([...values, ...own].filter(([key, value]) => key !== '' && value !== ''));
}

/** The own fields that may be shown again. */
export function openFieldsOf(pairs: readonly Pair[]): string[] {
  return pairs.filter((pair) => !pair.isRemoved && !pair.isSecret).map((pair) => pair.key.trim());
}

/** A form begun from what is stored now, with what was entered in an older one. */
export function takeOver(fresh: Draft, older: Draft): Draft {
  return Object.fromEntries(
    Object.entries(fresh).map(([key, field]) => [key, withEntered(field, older[key])]),
  );
}

/** As `takeOver`, for fields of the user's own: those that are not stored are kept too. */
export function takeOverPairs(fresh: readonly Pair[], older: readonly Pair[]): Pair[] {
  const again = fresh.map((pair) => {
    const was = older.find((each) => each.key === pair.key);
    if (!was) return pair;
    const isSecret = was.isSecret === was.wasSecret ? pair.isSecret : was.isSecret;
    return { ...pair, isSecret, isRemoved: was.isRemoved, entered: withEntered(pair.entered, was.entered) };
  });
  const known = new Set(fresh.map((pair) => pair.key));
  return [...again, ...older.filter((pair) => !pair.entered.stored.isSet && !known.has(pair.key))];
}

function withEntered(field: Entered, older: Entered | undefined): Entered {
  if (!older || !isChanged(older)) return field;
  return { ...field, text: older.text, isCleared: older.isCleared && field.stored.isSet };
}
