import { expect, test } from 'vitest';
import { duplicateStep, freshId, moveStep, moveStepTo, neighbour, pasteStep } from './arrange';
import { AUTOMATION, TYPES } from './document.fixture';
import { dropPlace } from './drop';
import { openRows, placeAfter } from './rows';
import { blocksOf, hiddenBlocks, isSame, type Step, type Steps, shownBlocks } from './step';
import { findStep, insertStep, locate, removeStep, replaceStep, walk } from './tree';

const blocks = blocksOf(TYPES);
const { steps } = AUTOMATION;
const order = (list: Steps) => walk(list, blocks).map((found) => `${found.path} ${found.step.id}`);

test('every step has the path that the checks write', () => {
  expect(order(steps)).toEqual([
    'steps[0] weather',
    'steps[1] hot',
    'steps[1].then[0] say',
    'steps[2] each',
    'steps[2].steps[0] tell',
  ]);
});

test('a problem inside a nested step is placed at that step and field', () => {
  expect(locate(steps, 'steps[1].then[0].value', blocks)).toEqual({ id: 'say', field: 'value' });
  expect(locate(steps, 'steps[1].condition.left', blocks)).toEqual({ id: 'hot', field: 'condition.left' });
  expect(locate(steps, 'name', blocks)).toBeUndefined();
});

test('a path is not mistaken for one that begins alike', () => {
  const many = Array.from({ length: 12 }, (_, index) => ({ id: `s${index}`, type: 'apiCall' }));
  expect(locate(many, 'steps[11].url', blocks)?.id).toBe('s11');
});

test('a step is inserted into an empty block, and the tree before stays as it was', () => {
  const place = { parentId: 'hot', block: 'else', index: 0 };
  const next = insertStep(steps, place, { id: 'new', type: 'apiCall' }, blocks);
  expect(findStep(next, 'new', blocks)?.path).toBe('steps[1].else[0]');
  expect(order(steps)).toHaveLength(5);
});

test('removing a step with blocks takes what is in them', () => {
  expect(order(removeStep(steps, 'hot', blocks))).toEqual([
    'steps[0] weather',
    'steps[1] each',
    'steps[1].steps[0] tell',
  ]);
});

test('a nested step is replaced where it stands', () => {
  const next = replaceStep(steps, 'say', { id: 'say', type: 'setVariable', value: 'cold' }, blocks);
  expect(findStep(next, 'say', blocks)?.step.value).toBe('cold');
});

test('moving down goes into the first block of the next step, and out of it at its end', () => {
  const inside = moveStep(steps, 'weather', 1, blocks);
  expect(findStep(inside, 'weather', blocks)?.path).toBe('steps[0].then[0]');
  const below = moveStep(moveStep(inside, 'weather', 1, blocks), 'weather', 1, blocks);
  expect(findStep(below, 'weather', blocks)?.path).toBe('steps[0].else[0]');
});

test('moving up undoes moving down, step by step', () => {
  let moved = steps;
  for (let times = 0; times < 5; times += 1) moved = moveStep(moved, 'weather', 1, blocks);
  for (let times = 0; times < 5; times += 1) moved = moveStep(moved, 'weather', -1, blocks);
  expect(isSame(moved, steps)).toBe(true);
});

test('a step at the edge stays, and the tree is the same one', () => {
  expect(moveStep(steps, 'weather', -1, blocks)).toBe(steps);
  expect(moveStep(steps, 'each', 1, blocks)).toBe(steps);
});

test('a copy stands right below and every id in it is new', () => {
  const { steps: next, id } = duplicateStep(steps, 'each', blocks);
  expect(findStep(next, id, blocks)?.path).toBe('steps[3]');
  const ids = walk(next, blocks).map((found) => found.step.id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('an id takes the next number that is free', () => {
  expect(freshId('apiCall', new Set(['apiCall1', 'apiCall3']))).toBe('apiCall2');
});

test('after a deletion the focus goes to the next, the one before, or the parent', () => {
  expect(neighbour(steps, 'weather', blocks)).toBe('hot');
  expect(neighbour(steps, 'each', blocks)).toBe('hot');
  expect(neighbour(steps, 'say', blocks)).toBe('hot');
});

test('the open lines hold an empty place for a block without steps, and nothing of a folded step', () => {
  expect(openRows(steps, blocks, new Set()).map((row) => `${row.level} ${row.key}`)).toEqual([
    '1 weather',
    '1 hot',
    '2 say',
    '2 hot/else',
    '1 each',
    '2 tell',
  ]);
  expect(openRows(steps, blocks, new Set(['hot'])).map((row) => row.key)).toEqual([
    'weather',
    'hot',
    'each',
    'tell',
  ]);
});

test('a new step goes below the line with the focus, or into the empty place', () => {
  const rows = openRows(steps, blocks, new Set());
  const at = (key: string) =>
    placeAfter(
      rows.find((row) => row.key === key),
      steps,
    );
  expect(at('say')).toEqual({ parentId: 'hot', block: 'then', index: 1 });
  expect(at('hot/else')).toEqual({ parentId: 'hot', block: 'else', index: 0 });
  expect(at('nothing')).toEqual({ parentId: null, block: 'steps', index: 3 });
});

test('a dropped step goes above or below the line, into an open block, or into an empty place', () => {
  const rows = openRows(steps, blocks, new Set());
  expect(dropPlace(rows, 'weather', false)).toEqual({ parentId: null, block: 'steps', index: 0 });
  expect(dropPlace(rows, 'weather', true)).toEqual({ parentId: null, block: 'steps', index: 1 });
  expect(dropPlace(rows, 'hot', true)).toEqual({ parentId: 'hot', block: 'then', index: 0 });
  expect(dropPlace(rows, 'hot/else', true)).toEqual({ parentId: 'hot', block: 'else', index: 0 });
  expect(dropPlace(openRows(steps, blocks, new Set(['hot'])), 'hot', true)).toMatchObject({
    parentId: null,
    index: 2,
  });
});

test('a step is moved to a place, counted without itself, and never into itself', () => {
  const last = { parentId: null, block: 'steps', index: 3 };
  expect(moveStepTo(steps, 'weather', last, blocks).map(({ id }) => id)).toEqual(['hot', 'each', 'weather']);
  expect(moveStepTo(steps, 'hot', { parentId: 'hot', block: 'else', index: 0 }, blocks)).toBe(steps);
  expect(moveStepTo(steps, 'weather', { parentId: null, block: 'steps', index: 1 }, blocks)).toBe(steps);
  const inside = moveStepTo(steps, 'weather', { parentId: 'each', block: 'steps', index: 1 }, blocks);
  expect(findStep(inside, 'weather', blocks)?.path).toBe('steps[1].steps[1]');
});

test('what was cut keeps its id when it is free, and a second copy gets another', () => {
  const cut = removeStep(steps, 'weather', blocks);
  const end = { parentId: null, block: 'steps', index: 2 };
  const weather = steps[0] as Step;
  expect(pasteStep(cut, weather, end, blocks).id).toBe('weather');
  expect(pasteStep(steps, weather, end, blocks).id).toBe('weather1');
});

const TURNS = blocksOf([
  ...TYPES.filter(({ type }) => type !== 'if'),
  { ...(TYPES[2] as (typeof TYPES)[number]), blocks: ['then', 'elseIf', 'else'] },
]);

test('blocks that are seldom wanted are shown with something in them, and a condition tried in turn has its own steps', () => {
  const plain = { id: 'p', type: 'if' } as Step;
  const chain = { id: 'c', type: 'if', elseIf: [plain] } as unknown as Step;
  expect(shownBlocks(plain, TURNS, 'steps')).toEqual(['then', 'else']);
  expect(hiddenBlocks(plain, TURNS, 'steps')).toEqual(['elseIf']);
  expect(shownBlocks(chain, TURNS, 'steps')).toEqual(['then', 'elseIf', 'else']);
  expect(shownBlocks(plain, TURNS, 'elseIf')).toEqual(['then']);
  expect(moveStep([chain, { id: 'x', type: 'apiCall' }], 'x', -1, TURNS)[0]).toMatchObject({
    else: [{ id: 'x' }],
  });
  expect(
    moveStepTo(
      [chain, { id: 'x', type: 'apiCall' }],
      'x',
      { parentId: 'c', block: 'elseIf', index: 0 },
      TURNS,
    ),
  ).toHaveLength(2);
});
