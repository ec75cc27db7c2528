/** Form fields out of a step's JSON Schema. Pure. What it does not know it shows as text or JSON. */
import type { Json, StepType } from '../../lib/contract';

export type FieldKind =
  | 'text'
  | 'name'
  | 'number'
  | 'boolean'
  | 'choice'
  | 'value'
  | 'list'
  | 'pairs'
  | 'body'
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
}

type Schema = { readonly [key: string]: Json | undefined };

const EXTRA = new Set([
  'timeoutSeconds',
  'okStatuses',
  'followRedirects',
  'contentType',
  'quoteTweetId',
  'mediaId',
  'pollOptions',
  'pollDurationMinutes',
  'replySettings',
  'startTime',
  'endTime',
  'pages',
  'concurrency',
  'indexVariable',
]);

export function fieldsOf(type: StepType): Field[] {
  const schema = type.schema as Schema;
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries((schema.properties ?? {}) as Record<string, Schema>)
    .filter(([key]) => !type.blocks.includes(key))
    .map(([key, property]) => fieldOf(key, property, required.includes(key)));
}

function fieldOf(key: string, property: Schema, isRequired: boolean): Field {
  const example = shortest(Array.isArray(property.examples) ? property.examples : []);
  const isCondition = kindOf(key, property) === 'condition';
  return {
    key,
    kind: kindOf(key, property),
    title: String(property.title ?? (isCondition ? 'Condition' : key)),
    description: String(property.description ?? ''),
    isRequired,
    choices: Array.isArray(property.enum) ? property.enum.map(String) : [],
    example,
    fallback: property.default,
    minimum: asNumber(property.minimum),
    maximum: asNumber(property.maximum),
    isExtra: EXTRA.has(key) && !isRequired,
  };
}

function kindOf(key: string, property: Schema): FieldKind {
  const { type } = property;
  if (String(property.$ref ?? '').endsWith('/condition') || key === 'condition') return 'condition';
  if (key === 'body') return 'body';
  if (property.enum) return 'choice';
  if (type === 'boolean') return 'boolean';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'array') return 'list';
  if (type === 'object') return 'pairs';
  if (type === 'string') return property.pattern ? 'name' : 'text';
  return 'value';
}

function shortest(examples: readonly Json[]): string {
  const texts = examples.map((example) => (typeof example === 'string' ? example : JSON.stringify(example)));
  return texts.sort((a, b) => a.length - b.length)[0] ?? '';
}

function asNumber(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** A new step of the type, with what its schema sets by default and empty blocks. */
export function newFields(type: StepType): Record<string, Json> {
  const made: Record<string, Json> = {};
  for (const field of fieldsOf(type)) {
    if (field.kind === 'condition') made[field.key] = { left: '', operator: 'equals', right: '' };
    else if (field.isRequired && field.kind === 'choice') made[field.key] = field.choices[0] ?? '';
    else if (field.isRequired && field.fallback === undefined) made[field.key] = '';
  }
  if (type.type === 'apiCall') made.method = 'GET';
  if (type.type === 'modifyVariable') made.operation = 'increment';
  for (const block of type.blocks) made[block] = [];
  return made;
}
