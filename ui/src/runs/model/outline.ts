/** Which steps stand in which blocks, as their paths tell. It grows with the run: nothing is worked out twice. */

export interface Outline {
  /** The steps of a block by its path: '' is the automation, `1/then` a branch, `2/loop[3]` a round. */
  readonly steps: ReadonlyMap<string, readonly string[]>;
  /** The blocks of a step by its path. */
  readonly blocks: ReadonlyMap<string, readonly string[]>;
}

export interface OutlineDraft extends Outline {
  readonly steps: Map<string, string[]>;
  readonly blocks: Map<string, string[]>;
}

export function copiedOutline({ steps, blocks }: Outline): OutlineDraft {
  return { steps: copiedTable(steps), blocks: copiedTable(blocks) };
}

/** Adds a path that is not in it yet. A step that was run alone has none of those around it: it stands at the top. */
export function grow(outline: OutlineDraft, path: string, isKnown: (path: string) => boolean): void {
  const block = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const owner = block.slice(0, Math.max(0, block.lastIndexOf('/')));
  const isAlone = block !== '' && !isKnown(owner);
  if (block && !isAlone && !outline.steps.has(block)) add(outline.blocks, owner, block);
  add(outline.steps, isAlone ? '' : block, path);
}

function add(table: Map<string, string[]>, key: string, value: string): void {
  const held = table.get(key);
  if (held) held.push(value);
  else table.set(key, [value]);
}

function copiedTable(table: Outline['steps']): Map<string, string[]> {
  return new Map([...table].map(([key, values]) => [key, [...values]]));
}
