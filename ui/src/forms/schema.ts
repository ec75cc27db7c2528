/** Reads a JSON Schema of the subset in schemas/README.md as the fields of a form. Pure. */
import type { Json } from '../lib/contract';

export type Kind = 'string' | 'number' | 'integer' | 'boolean';

export interface FieldSpec {
  key: string;
  title: string;
  description: string;
  kind: Kind;
  isSecret: boolean;
  isRequired: boolean;
  /** Empty when any value goes. */
  choices: string[];
  examples: string[];
  default: string;
  isAddress: boolean;
  /** A text of several lines. */
  isLong: boolean;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minimum?: number;
  maximum?: number;
}

/** The list of fields of the user's own naming, if the schema has one. */
export interface ListSpec {
  key: string;
  title: string;
  description: string;
}

type Schema = { readonly [key: string]: Json };

/** The fields that are shown for these values: branches open and close with them. In the schema's order. */
export function fieldsOf(schema: Schema, values: Readonly<Record<string, string>>): FieldSpec[] {
  const secrets = new Set(
    allFieldsOf(schema)
      .filter((field) => field.isSecret)
      .map((field) => field.key),
  );
  // What is secret anywhere is secret everywhere.
  return merge(schema, openBranches(schema, values)).map((field) => ({
    ...field,
    isSecret: secrets.has(field.key),
  }));
}

/** Every field, of closed branches too. */
export function allFieldsOf(schema: Schema): FieldSpec[] {
  return merge(
    schema,
    branchesOf(schema).map((branch) => object(branch.then)),
  );
}

function merge(schema: Schema, branches: readonly Schema[]): FieldSpec[] {
  const properties = new Map<string, Schema>();
  for (const part of [schema, ...branches]) {
    for (const [key, own] of Object.entries(object(part.properties))) {
      const before = properties.get(key);
      const isSecret = before?.writeOnly === true || object(own).writeOnly === true;
      properties.set(key, { ...before, ...object(own), writeOnly: isSecret });
    }
  }
  const required = new Set([schema, ...branches].flatMap((part) => texts(part.required)));
  return [...properties]
    .filter(([, field]) => field.type !== 'array' && field.type !== 'object')
    .map(([key, field]) => read(key, field, required.has(key)));
}

export function listOf(schema: Schema): ListSpec | undefined {
  const found = Object.entries(object(schema.properties)).find(([, field]) => object(field).type === 'array');
  if (!found) return undefined;
  const [key, field] = found;
  const { title, description } = object(field);
  return { key, title: text(title) || key, description: text(description) };
}

/** The `then` of each branch whose `if` these values meet. */
function openBranches(schema: Schema, values: Readonly<Record<string, string>>): Schema[] {
  const isOpen = (branch: Schema) => meets(object(branch.if), values);
  return branchesOf(schema)
    .filter(isOpen)
    .map((branch) => object(branch.then));
}

function branchesOf(schema: Schema): Schema[] {
  return Array.isArray(schema.allOf) ? schema.allOf.map(object) : [];
}

function meets(condition: Schema, values: Readonly<Record<string, string>>): boolean {
  const isThere = (key: string) => (values[key] ?? '') !== '';
  const isMet = ([key, own]: [string, Json]) => !isThere(key) || values[key] === String(object(own).const);
  return (
    texts(condition.required).every(isThere) && Object.entries(object(condition.properties)).every(isMet)
  );
}

function read(key: string, field: Schema, isRequired: boolean): FieldSpec {
  const choices = Array.isArray(field.enum) ? field.enum.map(String) : [];
  const kind = text(field.type) as Kind;
  return {
    key,
    title: text(field.title) || key,
    description: text(field.description),
    kind: ['number', 'integer', 'boolean'].includes(kind) ? kind : 'string',
    isSecret: field.writeOnly === true,
    isRequired,
    choices,
    examples: Array.isArray(field.examples) ? field.examples.map(String) : [],
    default: field.default === undefined ? '' : String(field.default),
    isAddress: field.format === 'uri',
    isLong: field.format === 'pem',
    minLength: number(field.minLength),
    maxLength: number(field.maxLength),
    pattern: typeof field.pattern === 'string' ? field.pattern : undefined,
    minimum: number(field.minimum),
    maximum: number(field.maximum),
  };
}

function object(value: Json | undefined): Schema {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function number(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
