/** One automation being edited: its document, what is selected, what can be taken back. Knows no markup. */
import type { AutomationView, Json, StepType } from '../../lib/contract';
import { duplicateStep, freshId, idsOf, moveStep, neighbour } from '../model/arrange';
import { fieldsOf, newFields } from '../model/fields';
import { openRows, placeAfter, type Row } from '../model/rows';
import { type Automation, blocksOf, type Place, type Step, type Steps, withField } from '../model/step';
import { findStep, insertStep, locate, removeStep, replaceStep } from '../model/tree';
import { begin, type History, record, redo, undo } from '../model/undo';
import { blockTitle } from './kinds';
import { Saver } from './saver.svelte';

export interface Trouble {
  readonly stepId: string;
  readonly field: string;
  readonly message: string;
  readonly isWarning: boolean;
}

export class Editor {
  readonly types: readonly StepType[];
  readonly blocks: ReturnType<typeof blocksOf>;
  readonly saver: Saver;
  #history = $state.raw<History<Automation>>() as History<Automation>;
  troubles = $state.raw<readonly Trouble[]>([]);
  folded = $state.raw<ReadonlySet<string>>(new Set());
  focusKey = $state<string | null>(null);
  /** What has just been done, for the status line. */
  said = $state('');

  constructor(view: AutomationView, types: readonly StepType[]) {
    this.types = types;
    this.blocks = blocksOf(types);
    const document = view.document as unknown as Automation;
    this.#history = begin(document);
    this.saver = new Saver(
      document,
      () => this.document,
      (saved, checked) => this.judge(saved, checked),
    );
    this.judge(document, view);
    this.focusKey = document.steps[0]?.id ?? null;
  }

  get document(): Automation {
    return this.#history.present;
  }
  get steps(): Steps {
    return this.document.steps;
  }
  get rows(): Row[] {
    return openRows(this.steps, this.blocks, this.folded);
  }
  get row(): Row | undefined {
    return this.rows.find((row) => row.key === this.focusKey);
  }
  get selected(): Step | undefined {
    return this.row?.step ?? undefined;
  }
  /** What keeps it from running; a warning does not. */
  get problems(): Trouble[] {
    return this.troubles.filter((trouble) => !trouble.isWarning);
  }
  get canUndo(): boolean {
    return this.#history.past.length > 0;
  }
  get canRedo(): boolean {
    return this.#history.future.length > 0;
  }

  titleOf(step: Step): string {
    return this.types.find((type) => type.type === step.type)?.title ?? step.type;
  }

  /** What is wrong, with the name of the field where the check says only what is wrong with it. */
  sentence(step: Step, { field, message }: Trouble): string {
    const key = field.split(/[.[]/)[0] ?? '';
    const type = this.types.find((each) => each.type === step.type);
    const named = type && fieldsOf(type).find((each) => each.key === key)?.title;
    return named && /^[a-z]/.test(message) ? `${named} ${message}.` : message;
  }

  /** The file was read anew: what is on the page follows it. */
  replace(view: AutomationView): void {
    const document = view.document as unknown as Automation;
    this.#history = record(this.#history, document, '', Date.now());
    this.saver.follow(document);
    this.judge(document, view);
    this.#keepFocus();
  }

  judge(document: Automation, { problems, warnings }: Pick<AutomationView, 'problems' | 'warnings'>): void {
    const place = (isWarning: boolean) => (problem: { path: string; message: string }) => {
      const at = locate(document.steps, problem.path, this.blocks);
      return { stepId: at?.id ?? '', field: at?.field ?? problem.path, message: problem.message, isWarning };
    };
    this.troubles = [...problems.map(place(false)), ...warnings.map(place(true))];
  }

  rename(name: string): void {
    this.#change({ ...this.document, name }, 'name');
  }

  set(id: string, key: string, value: Json | undefined): void {
    const found = findStep(this.steps, id, this.blocks);
    if (found)
      this.#steps(
        replaceStep(this.steps, id, withField(found.step, key, value), this.blocks),
        `${id}.${key}`,
      );
  }

  /** Where a new step goes: after the line that has the focus. */
  get place(): Place {
    return placeAfter(this.row, this.steps);
  }

  add(type: StepType, place: Place): void {
    const id = freshId(type.type, idsOf(this.steps, this.blocks));
    const step = { id, type: type.type, ...newFields(type) } as Step;
    this.#steps(insertStep(this.steps, place, step, this.blocks));
    this.focusKey = id;
    this.said = `${type.title} added.`;
  }

  move(id: string, by: -1 | 1): void {
    const next = moveStep(this.steps, id, by, this.blocks);
    const isMoved = next !== this.steps;
    this.#steps(next);
    const found = findStep(next, id, this.blocks);
    for (const ancestor of found?.ancestors ?? []) this.fold(ancestor.id, false);
    if (!found) return;
    const name = this.titleOf(found.step);
    const block = found.place.parentId === null ? 'the list' : blockTitle(found.place.block);
    const edge = by < 0 ? 'at the top already' : 'at the end already';
    this.said = isMoved
      ? `${name} moved to place ${found.place.index + 1} of ${block}.`
      : `${name} is ${edge}.`;
  }

  duplicate(id: string): void {
    const made = duplicateStep(this.steps, id, this.blocks);
    this.#steps(made.steps);
    this.focusKey = made.id;
    this.said = 'Step duplicated.';
  }

  remove(id: string): void {
    const found = findStep(this.steps, id, this.blocks);
    if (!found) return;
    const next = neighbour(this.steps, id, this.blocks);
    this.#steps(removeStep(this.steps, id, this.blocks));
    this.focusKey = next;
    this.said = `${this.titleOf(found.step)} deleted. Undo brings it back.`;
  }

  fold(id: string, isFolded: boolean): void {
    const folded = new Set(this.folded);
    if (isFolded) folded.add(id);
    else folded.delete(id);
    this.folded = folded;
  }

  /** Selects a step and opens what holds it. */
  reveal(id: string): void {
    for (const ancestor of findStep(this.steps, id, this.blocks)?.ancestors ?? [])
      this.fold(ancestor.id, false);
    this.focusKey = id;
  }

  undo(): void {
    this.#travel(undo(this.#history), 'Undone.');
  }
  redo(): void {
    this.#travel(redo(this.#history), 'Done again.');
  }

  #travel(history: History<Automation>, said: string): void {
    if (history === this.#history) return;
    this.#history = history;
    this.said = said;
    this.#keepFocus();
    this.saver.changed();
  }

  #keepFocus(): void {
    if (!this.row) this.focusKey = this.steps[0]?.id ?? null;
  }

  #steps(steps: Steps, about = ''): void {
    if (steps !== this.steps) this.#change({ ...this.document, steps }, about);
  }

  #change(document: Automation, about: string): void {
    this.#history = record(this.#history, document, about, Date.now());
    this.saver.changed();
  }
}
