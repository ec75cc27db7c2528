/** One line that says what a step does, from its fields. Pure. */
import type { Json } from '../../lib/contract';
import type { Step } from './step';

export const OPERATORS: ReadonlyArray<{ value: string; title: string; sign: string; isUnary?: boolean }> = [
  { value: 'equals', title: 'is equal to', sign: '=' },
  { value: 'notEquals', title: 'is not equal to', sign: '≠' },
  { value: 'contains', title: 'contains', sign: 'contains' },
  { value: 'notContains', title: 'does not contain', sign: 'does not contain' },
  { value: 'startsWith', title: 'starts with', sign: 'starts with' },
  { value: 'endsWith', title: 'ends with', sign: 'ends with' },
  { value: 'greaterThan', title: 'is greater than', sign: '>' },
  { value: 'greaterOrEqual', title: 'is greater than or equal to', sign: '≥' },
  { value: 'lessThan', title: 'is less than', sign: '<' },
  { value: 'lessOrEqual', title: 'is less than or equal to', sign: '≤' },
  { value: 'exists', title: 'exists', sign: 'exists', isUnary: true },
  { value: 'notExists', title: 'does not exist', sign: 'does not exist', isUnary: true },
  { value: 'isEmpty', title: 'is empty', sign: 'is empty', isUnary: true },
  { value: 'isNotEmpty', title: 'is not empty', sign: 'is not empty', isUnary: true },
];

type Fields = Readonly<Record<string, Json>>;

const SUMMARIES: Readonly<Record<string, (step: Step) => string>> = {
  apiCall: (step) => stored(`${text(step.method) || 'GET'} ${text(step.url)}`.trim(), step),
  setVariable: (step) => (step.variableName ? `${bare(step.variableName)} = ${quoted(step.value)}` : ''),
  modifyVariable: (step) => changed(step),
  if: (step) => condition(step.condition),
  forEach: (step) => (step.items ? `${text(step.itemVariable) || 'currentItem'} in ${bare(step.items)}` : ''),
  wait: (step) => (has(step.value) ? `${bare(step.value)} seconds` : ''),
  stop: (step) =>
    [step.outcome === 'failed' ? 'As failed' : '', text(step.message)].filter(Boolean).join(': '),
  twitterCreateTweet: (step) => stored(text(step.text), step),
  twitterSearchTweets: (step) => stored(text(step.searchQuery), step),
  twitterSearchUser: (step) => stored(text(step.username), step),
};

/** Empty when there is nothing to say yet. */
export function summary(step: Step): string {
  const say = SUMMARIES[step.type];
  return say ? say(step).replace(/\s+/g, ' ').trim() : '';
}

export function condition(value: Json | undefined): string {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return '';
  if (Array.isArray(value.all)) return value.all.map(condition).join(' and ');
  if (Array.isArray(value.any)) return value.any.map(condition).join(' or ');
  if (value.not !== undefined) return `not (${condition(value.not)})`;
  return comparison(value);
}

function comparison(value: Fields): string {
  const operator = OPERATORS.find((each) => each.value === value.operator);
  if (!operator || !has(value.left)) return '';
  const right = operator.isUnary ? '' : ` ${quoted(value.right)}`;
  return `${bare(value.left)} ${operator.sign}${right}`;
}

function changed(step: Step): string {
  if (!step.variableName) return '';
  const by = has(step.value) ? bare(step.value) : '1';
  const signs: Record<string, string> = { increment: '+', decrement: '−', set: '=', append: 'and' };
  return `${bare(step.variableName)} ${signs[text(step.operation)] ?? ''} ${by}`;
}

function stored(said: string, step: Step): string {
  return step.storeKey ? `${said} → ${text(step.storeKey)}` : said;
}

function has(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== '';
}

function text(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A text that is one placeholder without its braces. */
function bare(value: Json | undefined): string {
  return text(value).replace(/^\{\{\s*([^{}]*?)\s*\}\}$/, '$1');
}

function quoted(value: Json | undefined): string {
  const isPlainText = typeof value === 'string' && bare(value) === value;
  return isPlainText ? `“${value}”` : bare(value);
}
