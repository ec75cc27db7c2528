import { expect, test } from 'vitest';
import { combinationOf, combined, partsOf } from './condition';

const A = { left: '{{a}}', operator: 'equals', right: 1 };
const B = { left: '{{b}}', operator: 'exists' };

test('a comparison is the one part of itself', () => {
  expect(combinationOf(A)).toBe('');
  expect(partsOf(A)).toEqual([A]);
  expect(partsOf({ all: [A, B] })).toEqual([A, B]);
  expect(partsOf({ not: A })).toEqual([A]);
});

test('parts keep what they say in another combination', () => {
  expect(combined('any', partsOf({ all: [A, B] }))).toEqual({ any: [A, B] });
  expect(combined('not', [A, B])).toEqual({ not: { all: [A, B] } });
  expect(combined('', partsOf({ not: A }))).toEqual(A);
});
