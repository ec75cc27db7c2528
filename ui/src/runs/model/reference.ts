/** How a template names a value that a run has left: `{{weather.main.temp}}`, `{{steps.ask.headers["x-id"]}}`. Pure. */
import type { StepState } from './fold';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The name of what a step left, to which keys are added: `steps.ask`. */
export function outputOf({ stepId }: Pick<StepState, 'stepId'>): string {
  return within('steps', stepId);
}

/** The name of a value inside another: a key of an object, or a place in a list. */
export function within(name: string, key: string | number): string {
  if (typeof key === 'number') return `${name}[${key}]`;
  return NAME.test(key) ? `${name}.${key}` : `${name}[${JSON.stringify(key)}]`;
}

export function placeholder(name: string): string {
  return `{{${name}}}`;
}

/** What a run keeps of a secret is no value that a step could use. */
export function isRedacted(value: unknown): boolean {
  return typeof value === 'string' && value.includes('••••••••');
}
