/** What the last run left, as names with values: for the preview, and for the paths that are offered. Pure. */
import type { Json, RunEvent } from '../../lib/contract';
import type { Automation, Blocks } from './step';
import { walk } from './tree';

export type Known = Readonly<Record<string, Json>>;

/** The last value of each name; `steps` holds the outputs by step. Secrets are bullets already. */
export function leftBy(events: readonly RunEvent[]): Known {
  const names: Record<string, Json> = {};
  const steps: Record<string, Json> = {};
  for (const event of events) {
    if (event.type === 'RunStarted') Object.assign(names, event.variables);
    if (event.type === 'VariableSet') names[event.name] = event.value;
    if (event.type !== 'StepFinished' || event.outcome !== 'succeeded') continue;
    steps[event.stepId] = event.output;
    if (event.storedAs) names[event.storedAs] = event.output.data ?? null;
  }
  return { ...names, steps };
}

/** Names that a step mentions, with their values: no more of a run is sent than it takes. */
export function mentioned(step: unknown, known: Known): Record<string, Json> {
  const written = JSON.stringify(step);
  const found = Object.entries(known).filter(([name]) => name !== 'steps' && written.includes(name));
  const outputs = Object.entries((known.steps ?? {}) as Record<string, Json>);
  const steps = Object.fromEntries(outputs.filter(([id]) => written.includes(`steps.${id}`)));
  return { ...Object.fromEntries(found), steps };
}

/** First values of the variables go over what the last run had; in a loop, the first item stands for each. */
export function valuesFor(automation: Automation, stepId: string, run: Known, blocks: Blocks): Known {
  const values: Record<string, Json> = { ...run, ...((automation.variables ?? {}) as Known) };
  const here = walk(automation.steps, blocks).find((found) => found.step.id === stepId);
  for (const step of here?.ancestors ?? []) {
    if (step.type !== 'forEach') continue;
    const name = /^\{\{\s*([\w.[\]]+)\s*\}\}$/.exec(String(step.items ?? ''))?.[1];
    const items = name ? valueAt(values, name) : step.items;
    if (Array.isArray(items) && items.length > 0)
      values[String(step.itemVariable || 'currentItem')] = items[0] ?? null;
    values[String(step.indexVariable || 'loopIndex')] = 0;
  }
  return values;
}

export function valueAt(values: Known, path: string): Json | undefined {
  let found: Json | undefined = values as Json;
  for (const key of path.split(/[.[\]]+/).filter(Boolean)) {
    if (found === null || typeof found !== 'object') return undefined;
    found = Array.isArray(found) ? found[Number(key)] : found[key];
  }
  return found;
}

export interface PathInside {
  readonly path: string;
  readonly value: Json;
}

const DEEP = 4;
const WIDE = 24;

/** The paths inside a value, as a placeholder writes them; of a list the first item. A key with other signs has none. */
export function pathsIn(name: string, value: Json, depth = 0): PathInside[] {
  const here = depth === 0 ? [] : [{ path: name, value }];
  if (depth === DEEP || value === null || typeof value !== 'object') return here;
  if (Array.isArray(value)) {
    return value[0] === undefined ? here : [...here, ...pathsIn(`${name}[0]`, value[0], depth + 1)];
  }
  const inside = Object.entries(value).filter(([key]) => /^\w+$/.test(key));
  return [
    ...here,
    ...inside.slice(0, WIDE).flatMap(([key, each]) => pathsIn(`${name}.${key}`, each, depth + 1)),
  ];
}
