import { expect, test } from 'vitest';
import { rowsInSight } from './sight';

test('a short list is there as a whole', () => {
  expect(rowsInSight({ first: 0, last: 10 }, -1, 3)).toEqual([0, 1, 2]);
});

test('of a long list only what is in sight and around it is there', () => {
  const rows = rowsInSight({ first: 500, last: 510 }, -1, 1000);
  expect(rows[0]).toBe(492);
  expect(rows.at(-1)).toBe(517);
});

test('the row that has the focus stays, in its order', () => {
  expect(rowsInSight({ first: 500, last: 510 }, 3, 1000).slice(0, 2)).toEqual([3, 492]);
  expect(rowsInSight({ first: 500, last: 510 }, 900, 1000).at(-1)).toBe(900);
  expect(rowsInSight({ first: 500, last: 510 }, 505, 1000).filter((row) => row === 505)).toHaveLength(1);
});

test('a list that became shorter shows its end, and no row that is not there', () => {
  expect(rowsInSight({ first: 500, last: 510 }, 505, 20)).toEqual([12, 13, 14, 15, 16, 17, 18, 19]);
  expect(rowsInSight({ first: 0, last: 10 }, 4, 0)).toEqual([]);
});
