/** What a check found, at the step and field it belongs to. Pure. */
import type { AutomationView } from '../../lib/contract';
import type { Automation, Blocks } from './step';
import { locate } from './tree';

export interface Trouble {
  readonly stepId: string;
  readonly field: string;
  readonly message: string;
  readonly isWarning: boolean;
}

type Checked = Pick<AutomationView, 'problems' | 'warnings'>;

/** Those of no step have an empty `stepId`. */
export function troublesIn(document: Automation, checked: Checked, blocks: Blocks): Trouble[] {
  const place = (isWarning: boolean) => (problem: { path: string; message: string }) => {
    const at = locate(document.steps, problem.path, blocks);
    return { stepId: at?.id ?? '', field: at?.field ?? problem.path, message: problem.message, isWarning };
  };
  return [...checked.problems.map(place(false)), ...checked.warnings.map(place(true))];
}

export function byStep(troubles: readonly Trouble[]): ReadonlyMap<string, readonly Trouble[]> {
  const found = new Map<string, Trouble[]>();
  for (const trouble of troubles) {
    const list = found.get(trouble.stepId) ?? [];
    found.set(trouble.stepId, list);
    list.push(trouble);
  }
  return found;
}

/** The next of these steps that has one, after `stepId`; behind the last, the first again. */
export function nextTroubled(
  troubles: readonly Trouble[],
  ids: readonly string[],
  stepId: string | undefined,
): string | undefined {
  const marked = new Set(troubles.map((trouble) => trouble.stepId));
  const behind = ids.indexOf(stepId ?? '') + 1;
  return [...ids.slice(behind), ...ids.slice(0, behind)].find((id) => marked.has(id));
}
