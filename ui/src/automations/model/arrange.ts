/** Moves and copies steps in the order in which they are read. Pure. */
import { type Blocks, type Place, type Step, type Steps, stepsIn, withBlock } from './step';
import { findStep, insertStep, removeStep, siblings, walk } from './tree';

/** One place up or down: past a plain neighbour, into the block of a neighbour that has some, out of the own block at its end. */
export function moveStep(steps: Steps, id: string, by: -1 | 1, blocks: Blocks): Steps {
  const found = findStep(steps, id, blocks);
  if (!found) return steps;
  const target = by < 0 ? above(steps, found.place, blocks) : below(steps, found.place, blocks);
  if (!target) return steps;
  return insertStep(removeStep(steps, id, blocks), target, found.step, blocks);
}

function above(steps: Steps, place: Place, blocks: Blocks): Place | undefined {
  const before = siblings(steps, place, blocks)[place.index - 1];
  if (before) return endOf(before, blocks) ?? { ...place, index: place.index - 1 };
  if (place.parentId === null) return undefined;
  const parent = findStep(steps, place.parentId, blocks);
  if (!parent) return undefined;
  const names = blocks(parent.step.type);
  const earlier = names[names.indexOf(place.block) - 1];
  if (!earlier) return parent.place;
  return { parentId: parent.step.id, block: earlier, index: stepsIn(parent.step, earlier).length };
}

function below(steps: Steps, place: Place, blocks: Blocks): Place | undefined {
  const after = siblings(steps, place, blocks)[place.index + 1];
  if (after) {
    const first = blocks(after.type)[0];
    return first ? { parentId: after.id, block: first, index: 0 } : { ...place, index: place.index + 1 };
  }
  if (place.parentId === null) return undefined;
  const parent = findStep(steps, place.parentId, blocks);
  if (!parent) return undefined;
  const names = blocks(parent.step.type);
  const later = names[names.indexOf(place.block) + 1];
  if (later) return { parentId: parent.step.id, block: later, index: 0 };
  return { ...parent.place, index: parent.place.index + 1 };
}

function endOf(step: Step, blocks: Blocks): Place | undefined {
  const names = blocks(step.type);
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

function withNewIds(step: Step, blocks: Blocks, taken: Set<string>): Step {
  const id = freshId(step.id.replace(/\d+$/, ''), taken);
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
