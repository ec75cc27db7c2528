/** Says what is wrong before it is sent. The program checks again, with authority. Pure. */
import { type Draft, type Entered, holds, type Pair } from './draft';
import type { FieldSpec } from './schema';

export type Problems = Record<string, string>;

const BULLETS = /^[•●∙⋅·⬤\s]+$/u;
const KEY = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** By field key, in the order of the fields. */
export function problemsOf(fields: readonly FieldSpec[], draft: Draft): Problems {
  const found = fields.map((field) => [field.key, problemOf(field, draft[field.key])]);
  return Object.fromEntries(found.filter(([, problem]) => problem));
}

export function problemOf(field: FieldSpec, entered: Entered | undefined): string {
  if (!entered || !holds(entered)) return field.isRequired ? `Enter the ${field.title}.` : '';
  if (entered.text === '' || entered.text === entered.stored.text) return '';
  if (BULLETS.test(entered.text)) return 'These are only bullets. Enter the value itself.';
  return field.kind === 'string' ? textProblem(field, entered.text) : numberProblem(field, entered.text);
}

function textProblem(field: FieldSpec, text: string): string {
  if (field.choices.length > 0 && !field.choices.includes(text)) return `Choose one of the values.`;
  if (text.length < (field.minLength ?? 0)) return `Enter at least ${field.minLength} characters.`;
  if (text.length > (field.maxLength ?? Infinity)) return `Enter at most ${field.maxLength} characters.`;
  if (field.isAddress && !isAddress(text)) return 'Enter a whole address that begins with https://';
  return '';
}

function numberProblem(field: FieldSpec, text: string): string {
  if (field.kind === 'boolean') return '';
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) return 'Enter a number.';
  if (field.kind === 'integer' && !Number.isInteger(value)) return 'Enter a whole number.';
  if (value < (field.minimum ?? -Infinity)) return `Enter ${field.minimum} or more.`;
  if (value > (field.maximum ?? Infinity)) return `Enter ${field.maximum} or less.`;
  return '';
}

/** Loose on purpose: the program knows better which addresses it takes. */
function isAddress(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^\s]+$/i.test(text.trim());
}

/** By the pair's id. */
export function pairProblems(pairs: readonly Pair[]): Record<number, string> {
  const kept = pairs.filter((pair) => !pair.isRemoved);
  const names = kept.map((pair) => pair.key.trim());
  const found = kept.map((pair, place) => {
    const isTwice = names.indexOf(pair.key.trim()) !== place;
    return [pair.id, pairProblem(pair, isTwice)] as const;
  });
  return Object.fromEntries(found.filter(([, problem]) => problem));
}

function pairProblem(pair: Pair, isTwice: boolean): string {
  const key = pair.key.trim();
  if (key === '' && pair.entered.text === '') return '';
  if (!KEY.test(key)) return 'Name it with a letter first, then letters, digits and _.';
  if (isTwice) return `Another field is named ${key}.`;
  if (!holds(pair.entered)) return 'Enter a value, or remove the field.';
  if (BULLETS.test(pair.entered.text)) return 'These are only bullets. Enter the value itself.';
  if (pair.wasSecret && !pair.isSecret && pair.entered.stored.isSet && pair.entered.text === '') {
    return 'Enter the value again, if it is to be shown from now on.';
  }
  return '';
}
