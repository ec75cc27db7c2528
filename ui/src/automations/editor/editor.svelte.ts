/** One automation being edited: its document, what is selected, what can be taken back. Knows no markup. */
import { SvelteSet } from 'svelte/reactivity';
import type { AutomationCheck, AutomationView, Json, StepType } from '../../lib/contract';
import { duplicateStep, freshId, idsOf, moveStep, moveStepTo, neighbour, pasteStep } from '../model/arrange';
import { fieldsOf, newFields } from '../model/fields';
import { openRows, placeAfter, type Row } from '../model/rows';
import {
  type Automation,
  blocksOf,
  IN_TURN,
  type Place,
  type Step,
  type Steps,
  withField,
} from '../model/step';
import { findStep, insertStep, removeStep, replaceStep } from '../model/tree';
import { byStep, type Trouble, troublesIn } from '../model/troubles';
import { begin, type History, record, redo, undo } from '../model/undo';
import { StepKeys } from './keys.svelte';
import { blockTitle } from './kinds';
import { LastRun } from './lastrun.svelte';
import { Saver } from './saver.svelte';

export class Editor {
  readonly types: readonly StepType[];
  readonly blocks: ReturnType<typeof blocksOf>;
  readonly saver: Saver;
  readonly keys: StepKeys;
  readonly lastRun: LastRun;
  #history = $state.raw<History<Automation>>() as History<Automation>;
  troubles = $state.raw<readonly Trouble[]>([]);
  /** What a run costs, in words; empty for what costs nothing. */
  cost = $state('');
  folded = $state.raw<ReadonlySet<string>>(new Set());
  focusKey = $state<string | null>(null);
  /** The steps that the next runs wait before. Not a part of the automation. */
  readonly breakpoints = new SvelteSet<string>();
  // Kept, not made at each look: a list may have a thousand lines.
  readonly rows: Row[] = $derived.by(() => openRows(this.steps, this.blocks, this.folded));
  readonly row: Row | undefined = $derived.by(() => this.rows.find((row) => row.key === this.focusKey));
  readonly #byStep = $derived.by(() => byStep(this.troubles));
  /** What has just been done, for the status line. */
  said = $state('');

  constructor(view: AutomationView, types: readonly StepType[]) {
    this.types = types;
    this.blocks = blocksOf(types);
    const document = view.document as unknown as Automation;
    this.#history = begin(document);
    this.keys = new StepKeys(document.id);
    this.lastRun = new LastRun(document.id);
    this.saver = new Saver(
      view,
      () => this.document,
      (saved, checked) => this.judge(saved, checked),
    );
    this.judge(document, view);
    this.focusKey = document.steps[0]?.id ?? null;
    const unsaved = this.saver.takeLeft();
    if (!unsaved) return;
    this.#history = record(this.#history, unsaved, '', Date.now());
    this.saver.state = 'conflict';
  }

  presentBreakpoints(): string[] {
    return [...this.breakpoints].filter((id) => this.stepOf(id));
  }

  get document(): Automation {
    return this.#history.present;
  }
  get steps(): Steps {
    return this.document.steps;
  }
  get selected(): Step | undefined {
    return this.row?.step ?? undefined;
  }
  troublesOf(stepId: string): readonly Trouble[] {
    return this.#byStep.get(stepId) ?? [];
  }
  /** What keeps it from running; a warning does not. */
  get problems(): Trouble[] {
    return this.troubles.filter((trouble) => !trouble.isWarning);
  }
  get warnings(): Trouble[] {
    return this.troubles.filter((trouble) => trouble.isWarning);
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
  /** What the list calls it. */
  nameOf(step: Step): string {
    return String(step.description || this.titleOf(step));
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
    this.saver.follow(view);
    this.judge(document, view);
    this.#keepFocus();
  }

  judge(document: Automation, { problems, warnings, cost }: AutomationCheck): void {
    this.cost = cost?.words ?? '';
    this.troubles = troublesIn(document, { problems, warnings }, this.blocks);
  }

  rename(name: string): void {
    this.change({ ...this.document, name }, 'name');
  }

  setVariables(variables: Readonly<Record<string, Json>>, about: string): void {
    this.change({ ...this.document, variables }, about);
  }

  set(id: string, key: string, value: Json | undefined): void {
    this.patch(id, { [key]: value }, `${id}.${key}`);
  }

  /** Several fields at once; undefined takes one away. */
  patch(id: string, fields: Readonly<Record<string, Json | undefined>>, about = ''): void {
    const step = this.stepOf(id);
    if (!step) return;
    const next = Object.entries(fields).reduce((made, [key, value]) => withField(made, key, value), step);
    this.#steps(replaceStep(this.steps, id, next, this.blocks), about);
  }

  stepOf(id: string): Step | undefined {
    return findStep(this.steps, id, this.blocks)?.step;
  }

  /** Where a new step goes: after the line that has the focus. */
  get place(): Place {
    return placeAfter(this.row, this.steps);
  }

  add(type: StepType, place: Place): void {
    const id = freshId(type.type, idsOf(this.steps, this.blocks));
    const { else: _, ...part } = newFields(type);
    const step = { id, type: type.type, ...(place.block === IN_TURN ? part : newFields(type)) } as Step;
    this.#steps(insertStep(this.steps, place, step, this.blocks));
    this.focusKey = id;
    this.said = `${type.title} added.`;
  }

  move(id: string, by: -1 | 1): void {
    const edge = by < 0 ? 'is at the top already' : 'is at the end already';
    this.#tellMove(id, moveStep(this.steps, id, by, this.blocks), edge);
  }

  #tellMove(id: string, next: Steps, otherwise: string): void {
    const isMoved = next !== this.steps;
    this.#steps(next);
    const found = findStep(next, id, this.blocks);
    for (const ancestor of found?.ancestors ?? []) this.fold(ancestor.id, false);
    if (!found) return;
    const name = this.titleOf(found.step);
    const block = found.place.parentId === null ? 'the list' : blockTitle(found.place.block);
    this.said = isMoved
      ? `${name} moved to place ${found.place.index + 1} of ${block}.`
      : `${name} ${otherwise}.`;
  }

  moveTo(id: string, place: Place): void {
    const next = moveStepTo(this.steps, id, place, this.blocks);
    this.#tellMove(id, next, 'stays where it is');
  }

  paste(step: Step, place: Place = this.place): void {
    const made = pasteStep(this.steps, step, place, this.blocks);
    this.#steps(made.steps);
    this.focusKey = made.id;
    this.said = `${this.titleOf(step)} pasted.`;
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
    if (steps !== this.steps) this.change({ ...this.document, steps }, about);
  }

  change(document: Automation, about: string): void {
    this.#history = record(this.#history, document, about, Date.now());
    this.saver.changed();
  }
}
