/** Moves and copies steps in the order in which they are read. Pure. */
import {
  type Blocks,
  IN_TURN,
  type Place,
  type Step,
  type Steps,
  shownBlocks,
  stepsIn,
  withBlock,
} from './step';
import { findStep, insertStep, removeStep, siblings, walk } from './tree';

/** One place up or down: past a plain neighbour, into the block of a neighbour that has some, out of the own block at its end. */
export function moveStep(steps: Steps, id: string, by: -1 | 1, blocks: Blocks): Steps {
  const found = findStep(steps, id, blocks);
  if (!found) return steps;
  const open = openFor(found.step, blocks);
  const target = by < 0 ? above(steps, found.place, open) : below(steps, found.place, open);
  if (!target) return steps;
  return insertStep(removeStep(steps, id, blocks), target, found.step, blocks);
}

type Open = Blocks & { shown: (step: Step, around: string) => readonly string[] };

/** The blocks a step may go into: what is tried in turn takes conditions only. */
function openFor(moved: Step, blocks: Blocks): Open {
  const shown = (step: Step, around: string) =>
    shownBlocks(step, blocks, around).filter((block) => block !== IN_TURN || moved.type === 'if');
  return Object.assign((type: string) => blocks(type), { shown });
}

/** To a place that was pointed at. Not into itself; the same tree when nothing changes. */
export function moveStepTo(steps: Steps, id: string, place: Place, blocks: Blocks): Steps {
  const found = findStep(steps, id, blocks);
  if (!found || (place.block === IN_TURN && found.step.type !== 'if')) return steps;
  const inside = walk([found.step], blocks).map((each) => each.step.id);
  if (place.parentId !== null && inside.includes(place.parentId)) return steps;
  const isSameList = place.parentId === found.place.parentId && place.block === found.place.block;
  const isBehind = isSameList && place.index > found.place.index;
  const index = isBehind ? place.index - 1 : place.index;
  if (isSameList && index === found.place.index) return steps;
  return insertStep(removeStep(steps, id, blocks), { ...place, index }, found.step, blocks);
}

function above(steps: Steps, place: Place, blocks: Open): Place | undefined {
  const before = siblings(steps, place, blocks)[place.index - 1];
  if (before) return endOf(before, place.block, blocks) ?? { ...place, index: place.index - 1 };
  if (place.parentId === null) return undefined;
  const parent = findStep(steps, place.parentId, blocks);
  if (!parent) return undefined;
  const names = blocks.shown(parent.step, parent.place.block);
  const earlier = names[names.indexOf(place.block) - 1];
  if (!earlier) return parent.place;
  return { parentId: parent.step.id, block: earlier, index: stepsIn(parent.step, earlier).length };
}

function below(steps: Steps, place: Place, blocks: Open): Place | undefined {
  const after = siblings(steps, place, blocks)[place.index + 1];
  if (after) {
    const first = blocks.shown(after, place.block)[0];
    return first ? { parentId: after.id, block: first, index: 0 } : { ...place, index: place.index + 1 };
  }
  if (place.parentId === null) return undefined;
  const parent = findStep(steps, place.parentId, blocks);
  if (!parent) return undefined;
  const names = blocks.shown(parent.step, parent.place.block);
  const later = names[names.indexOf(place.block) + 1];
  if (later) return { parentId: parent.step.id, block: later, index: 0 };
  return { ...parent.place, index: parent.place.index + 1 };
}

function endOf(step: Step, around: string, blocks: Open): Place | undefined {
  const names = blocks.shown(step, around);
  const last = names[names.length - 1];
  return last ? { parentId: step.id, block: last, index: stepsIn(step, last).length } : undefined;
}

/** An id of its own for each step of the copy, which stands right below. `id` is the copy's. */
export function duplicateStep(steps: Steps, id: string, blocks: Blocks): { steps: Steps; id: string } {
  const found = findStep(steps, id, blocks);
  if (!found) return { steps, id };
  const taken = idsOf(steps, blocks);
  const copy = withNewIds(found.step, blocks, taken);
  const place = { ...found.place, index: found.place.index + 1 };
  return { steps: insertStep(steps, place, copy, blocks), id: copy.id };
}

/** A step from elsewhere, with ids that are free here, at the place. */
export function pasteStep(
  steps: Steps,
  step: Step,
  place: Place,
  blocks: Blocks,
): { steps: Steps; id: string } {
  const copy = withNewIds(step, blocks, idsOf(steps, blocks));
  return { steps: insertStep(steps, place, copy, blocks), id: copy.id };
}

function withNewIds(step: Step, blocks: Blocks, taken: Set<string>): Step {
  const id = taken.has(step.id) ? freshId(step.id.replace(/\d+$/, ''), taken) : step.id;
  taken.add(id);
  return blocks(step.type).reduce(
    (copy, block) => {
      const inside = stepsIn(copy, block);
      if (inside.length === 0) return copy;
      return withBlock(
        copy,
        block,
        inside.map((each) => withNewIds(each, blocks, taken)),
      );
    },
    { ...step, id } as Step,
  );
}

export function idsOf(steps: Steps, blocks: Blocks): Set<string> {
  return new Set(walk(steps, blocks).map((found) => found.step.id));
}

/** `apiCall1`, or the next number that is free: templates name the step by it. */
export function freshId(stem: string, taken: ReadonlySet<string>): string {
  let number = 1;
  while (taken.has(`${stem}${number}`)) number += 1;
  return `${stem}${number}`;
}

/** What has the focus when a step is gone: the next one in its block, else the one before, else its parent. */
export function neighbour(steps: Steps, id: string, blocks: Blocks): string | null {
  const found = findStep(steps, id, blocks);
  if (!found) return null;
  const list = siblings(steps, found.place, blocks);
  return (list[found.place.index + 1] ?? list[found.place.index - 1])?.id ?? found.place.parentId;
}
