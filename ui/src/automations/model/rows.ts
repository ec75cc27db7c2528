/** The step list as the keys walk it: the lines that are open, from top to bottom. Pure. */
import { type Blocks, type Place, ROOT_BLOCK, type Step, type Steps, shownBlocks, stepsIn } from './step';

/** A line is a step, or the empty place of a block without steps. `level` counts from 1. */
export interface Row {
  readonly key: string;
  readonly step: Step | null;
  readonly place: Place;
  readonly parentKey: string | null;
  readonly level: number;
  readonly hasBlocks: boolean;
}

export function emptyKey(parentId: string, block: string): string {
  return `${parentId}/${block}`;
}

export function openRows(steps: Steps, blocks: Blocks, folded: ReadonlySet<string>): Row[] {
  return rowsOf(steps, { parentId: null, block: ROOT_BLOCK, index: 0 }, 1);

  function rowsOf(list: Steps, around: Place, level: number): Row[] {
    return list.flatMap((step, index) => {
      const names = shownBlocks(step, blocks, around.block);
      const row: Row = {
        key: step.id,
        step,
        place: { ...around, index },
        parentKey: around.parentId,
        level,
        hasBlocks: names.length > 0,
      };
      if (folded.has(step.id)) return [row];
      return [row, ...names.flatMap((block) => blockRows(step, block, level + 1))];
    });
  }

  function blockRows(step: Step, block: string, level: number): Row[] {
    const place = { parentId: step.id, block, index: 0 };
    const inside = stepsIn(step, block);
    if (inside.length > 0) return rowsOf(inside, place, level);
    return [
      { key: emptyKey(step.id, block), step: null, place, parentKey: step.id, level, hasBlocks: false },
    ];
  }
}

/** Where a new step goes when this line has the focus: below the step, or into the empty place. */
export function placeAfter(row: Row | undefined, steps: Steps): Place {
  if (!row) return { parentId: null, block: ROOT_BLOCK, index: steps.length };
  return row.step ? { ...row.place, index: row.place.index + 1 } : row.place;
}
