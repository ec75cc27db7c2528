import { expect, test } from 'vitest';
import { NO_ROWS, rowsFor, rowsInSight } from './sight';

test('a short list is there as a whole', () => {
  expect(rowsInSight({ first: 0, last: 10 }, -1, 3)).toEqual([0, 1, 2]);
});

test('of a long list only what is in sight and around it is there', () => {
  const rows = rowsInSight({ first: 500, last: 510 }, -1, 1000);
  expect(rows[0]).toBe(495);
  expect(rows.at(-1)).toBe(514);
});

test('the row that has the focus stays, in its order', () => {
  expect(rowsInSight({ first: 500, last: 510 }, 3, 1000).slice(0, 2)).toEqual([3, 495]);
  expect(rowsInSight({ first: 500, last: 510 }, 900, 1000).at(-1)).toBe(900);
  expect(rowsInSight({ first: 500, last: 510 }, 505, 1000).filter((row) => row === 505)).toHaveLength(1);
});

test('a list that became shorter shows its end, and no row that is not there', () => {
  expect(rowsInSight({ first: 500, last: 510 }, 505, 20)).toEqual([15, 16, 17, 18, 19]);
  expect(rowsInSight({ first: 0, last: 10 }, 4, 0)).toEqual([]);
});

test('while one scrolls, an item keeps its row and a new one takes that of one that is gone', () => {
  const first = rowsFor(['a', 'b', 'c'], NO_ROWS, true);
  expect([...first.of]).toEqual([
    ['a', 0],
    ['b', 1],
    ['c', 2],
  ]);
  const second = rowsFor(['c', 'd', 'e', 'f'], first, true);
  expect([...second.of]).toEqual([
    ['c', 2],
    ['d', 0],
    ['e', 1],
    ['f', 3],
  ]);
});

test('in another list no item gets the row, and with it the focus, of one that is gone', () => {
  const first = rowsFor(['a', 'b'], NO_ROWS, true);
  expect([...rowsFor(['b', 'c'], first, false).of]).toEqual([
    ['b', 1],
    ['c', 2],
  ]);
});
