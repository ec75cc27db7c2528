/** Finds and changes steps in a tree of steps. Pure: each change gives a new tree. */
import {
  type Blocks,
  type Found,
  type Place,
  ROOT_BLOCK,
  type Step,
  type Steps,
  stepsIn,
  withBlock,
} from './step';

/** Every step from top to bottom, a block's steps after the step that holds it. */
export function walk(steps: Steps, blocks: Blocks): Found[] {
  return walkBlock(steps, blocks, { parentId: null, block: ROOT_BLOCK, path: ROOT_BLOCK, ancestors: [] });
}

interface Around {
  parentId: string | null;
  block: string;
  path: string;
  ancestors: Steps;
}

function walkBlock(steps: Steps, blocks: Blocks, around: Around): Found[] {
  return steps.flatMap((step, index) => {
    const path = `${around.path}[${index}]`;
    const place = { parentId: around.parentId, block: around.block, index };
    const ancestors = [...around.ancestors, step];
    const inside = blocks(step.type).flatMap((block) =>
      walkBlock(stepsIn(step, block), blocks, {
        parentId: step.id,
        block,
        path: `${path}.${block}`,
        ancestors,
      }),
    );
    return [{ step, place, path, ancestors: around.ancestors }, ...inside];
  });
}

export function findStep(steps: Steps, id: string, blocks: Blocks): Found | undefined {
  return walk(steps, blocks).find((found) => found.step.id === id);
}

const HEAD = /^([A-Za-z]+)\[(\d+)\](?:\.|$)/;

/** `steps[2].then[0].url` as the step it lies in and the rest of the path. */
export function locate(
  steps: Steps,
  path: string,
  blocks: Blocks,
): { id: string; field: string } | undefined {
  const head = HEAD.exec(path);
  const step = head?.[1] === ROOT_BLOCK ? steps[Number(head[2])] : undefined;
  return head && step ? deepest(step, path.slice(head[0].length), blocks) : undefined;
}

function deepest(step: Step, field: string, blocks: Blocks): { id: string; field: string } {
  const [head, block = '', index] = HEAD.exec(field) ?? [''];
  const inside = blocks(step.type).includes(block) ? stepsIn(step, block)[Number(index)] : undefined;
  return inside ? deepest(inside, field.slice(head.length), blocks) : { id: step.id, field };
}

/** The steps at a place: the outermost ones, or those of a block. */
export function siblings(steps: Steps, place: Place, blocks: Blocks): Steps {
  if (place.parentId === null) return steps;
  const parent = findStep(steps, place.parentId, blocks);
  return parent ? stepsIn(parent.step, place.block) : [];
}

export function insertStep(steps: Steps, place: Place, step: Step, blocks: Blocks): Steps {
  return changeBlock(steps, place, blocks, (list) => [
    ...list.slice(0, place.index),
    step,
    ...list.slice(place.index),
  ]);
}

export function removeStep(steps: Steps, id: string, blocks: Blocks): Steps {
  const found = findStep(steps, id, blocks);
  if (!found) return steps;
  return changeBlock(steps, found.place, blocks, (list) => list.filter((step) => step.id !== id));
}

export function replaceStep(steps: Steps, id: string, next: Step, blocks: Blocks): Steps {
  const found = findStep(steps, id, blocks);
  if (!found) return steps;
  return changeBlock(steps, found.place, blocks, (list) =>
    list.map((step) => (step.id === id ? next : step)),
  );
}

function changeBlock(steps: Steps, place: Place, blocks: Blocks, change: (list: Steps) => Steps): Steps {
  if (place.parentId === null) return change(steps);
  return steps.map((step) => {
    if (step.id === place.parentId) return withBlock(step, place.block, change(stepsIn(step, place.block)));
    return blocks(step.type).reduce((holder, block) => {
      const inside = stepsIn(holder, block);
      return inside.length === 0
        ? holder
        : withBlock(holder, block, changeBlock(inside, place, blocks, change));
    }, step);
  });
}
