/** Form fields out of a step's JSON Schema, nested ones too. Pure. What it does not know it shows as text or JSON. */
import type { Json, StepType } from '../../lib/contract';
import { IN_TURN } from './step';

export type FieldKind =
  | 'text'
  | 'name'
  | 'number'
  | 'boolean'
  | 'choice'
  | 'choices'
  | 'value'
  | 'json'
  | 'list'
  | 'texts'
  | 'pairs'
  | 'one'
  | 'object'
  | 'objects'
  | 'automation'
  | 'condition';

export interface Field {
  readonly key: string;
  readonly kind: FieldKind;
  readonly title: string;
  readonly description: string;
  readonly isRequired: boolean;
  readonly choices: readonly string[];
  readonly example: string;
  readonly fallback: Json | undefined;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  /** Shown only when it is asked for. */
  readonly isExtra: boolean;
  /** What lies in it, for what has fields of its own: that of one item, in a list. */
  readonly inner: Schema;
}

export type Schema = { readonly [key: string]: Json | undefined };
type Values = Readonly<Record<string, Json | undefined>>;

// Texts of which most steps have no need. Numbers, lists and groups that may be left out are extra anyway.
const EXTRA = new Set([
  'contentType',
  'quoteTweetId',
  'mediaId',
  'replySettings',
  'startTime',
  'endTime',
  'indexVariable',
  'saveResponseTo',
]);
const MAIN = new Set(['query', 'headers', 'body', 'maxResults', 'value', 'condition', 'times']);
const SELDOM: ReadonlySet<FieldKind> = new Set([
  'number',
  'boolean',
  'choices',
  'list',
  'texts',
  'object',
  'objects',
]);

/** Fields of which a step has exactly one, by the type of the step. */
export const WAYS: Readonly<Record<string, readonly string[]>> = { repeat: ['while', 'until', 'times'] };

export function fieldsOf(type: StepType, values: Values = {}): Field[] {
  const unused = (WAYS[type.type] ?? []).filter((key) => values[key] === undefined);
  const isOff = (key: string) => type.blocks.includes(key) || unused.includes(key);
  return fieldsIn(type.schema, values).filter((field) => !isOff(field.key));
}

/** The fields of an object. What only a branch (`if`, `then`) speaks of is shown while the branch is open. */
export function fieldsIn(schema: Schema, values: Values = {}): Field[] {
  const branches = list(schema.allOf)
    .map(object)
    .filter((branch) => branch.then !== undefined);
  const open = branches
    .filter((branch) => isOpen(object(branch.if), schema, values))
    .map((branch) => object(branch.then));
  const wanted = new Set(open.flatMap(spokenOf));
  const conditional = new Set(branches.flatMap((branch) => spokenOf(object(branch.then))));
  const required = new Set([schema, ...open].flatMap((part) => list(part.required).map(String)));
  const properties = new Map<string, Schema>();
  for (const part of [schema, ...open]) {
    for (const [key, own] of Object.entries(object(part.properties)))
      properties.set(key, { ...properties.get(key), ...object(own) });
  }
  return [...properties]
    .filter(([key]) => !conditional.has(key) || wanted.has(key) || values[key] !== undefined)
    .map(([key, property]) => fieldOf(key, property, required.has(key)));
}

function spokenOf(part: Schema): string[] {
  return [...list(part.required).map(String), ...Object.keys(object(part.properties))];
}

function isOpen(condition: Schema, schema: Schema, values: Values): boolean {
  const isMet = ([key, own]: [string, Json | undefined]) => {
    const value = values[key] ?? object(object(schema.properties)[key]).default;
    const { const: wanted, enum: choices } = object(own);
    if (value === undefined) return false;
    return wanted !== undefined ? value === wanted : list(choices).includes(value);
  };
  return Object.entries(object(condition.properties)).every(isMet);
}

function fieldOf(key: string, property: Schema, isRequired: boolean): Field {
  const kind = kindOf(key, property);
  return {
    key,
    kind,
    title: String(property.title ?? (kind === 'condition' ? 'Condition' : key)),
    description: String(property.description ?? ''),
    isRequired,
    choices: list(kind === 'choices' ? object(property.items).enum : property.enum).map(String),
    example: shortest(list(property.examples)),
    fallback: property.default,
    minimum: asNumber(property.minimum),
    maximum: asNumber(property.maximum),
    isExtra: !isRequired && !MAIN.has(key) && (EXTRA.has(key) || SELDOM.has(kind)),
    inner: kind === 'objects' ? object(property.items) : property,
  };
}

function kindOf(key: string, property: Schema): FieldKind {
  const { type } = property;
  if (String(property.$ref ?? '').endsWith('/condition') || key === 'condition') return 'condition';
  if (property.properties !== undefined) return property.maxProperties === 1 ? 'one' : 'object';
  if (property.enum) return 'choice';
  if (type === 'boolean') return 'boolean';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'array') return listKind(object(property.items));
  if (type === 'object') return 'pairs';
  if (key === 'json') return 'json';
  if (key === 'automationId' || key === 'automation') return 'automation';
  if (type === 'string') return property.pattern ? 'name' : 'text';
  return 'value';
}

function listKind(items: Schema): FieldKind {
  if (items.properties !== undefined) return 'objects';
  if (items.enum) return 'choices';
  return items.type === 'string' && !items.pattern ? 'texts' : 'list';
}

function shortest(examples: readonly Json[]): string {
  const texts = examples.map((example) => (typeof example === 'string' ? example : JSON.stringify(example)));
  return texts.sort((a, b) => a.length - b.length)[0] ?? '';
}

export function object(value: Json | undefined): Schema {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function asNumber(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** The path of a part: `retry` and `attempts`, `pollOptions` and `[1]`. An empty part is the field itself. */
export function joined(key: string, part: string): string {
  return part === '' || part.startsWith('[') ? key + part : `${key}.${part}`;
}

/** A new step of the type, with what its schema asks for and empty blocks. */
export function newFields(type: StepType): Record<string, Json> {
  const made = started(fieldsOf(type));
  if (type.type === 'apiCall') made.method = 'GET';
  if (type.type === 'modifyVariable') made.operation = 'increment';
  for (const block of type.blocks) if (block !== IN_TURN && block !== 'finally') made[block] = [];
  const ways = WAYS[type.type];
  if (ways) made[ways[ways.length - 1] ?? ''] = '';
  return made;
}

/** What an object begins with: its required fields. */
export function started(fields: readonly Field[]): Record<string, Json> {
  const needed = fields.filter((field) => field.isRequired && field.fallback === undefined);
  return Object.fromEntries(needed.map((field) => [field.key, emptyOf(field)]));
}

/** What a field holds when it is first shown. */
export function emptyOf(field: Field): Json {
  if (field.kind === 'condition') return { left: '', operator: 'equals', right: '' };
  if (field.kind === 'choice') return field.choices[0] ?? '';
  if (field.kind === 'object') return started(fieldsIn(field.inner));
  if (field.kind === 'objects' || field.kind === 'texts' || field.kind === 'list') return [];
  if (field.kind === 'pairs' || field.kind === 'json') return {};
  return '';
}
