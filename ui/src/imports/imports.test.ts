import { expect, test } from 'vitest';
import { endsOf, LIMIT_BYTES, takesSeveral, textsOf } from './imports';

test('files are read in their order', async () => {
  expect(await textsOf([new File(['one'], 'a'), new File(['two'], 'b')])).toEqual(['one', 'two']);
});

test('files that are too large together are refused before they are read', async () => {
  const half = new File(['x'.repeat(LIMIT_BYTES / 2)], 'a');
  await expect(textsOf([half, half, new File(['x'], 'b')])).rejects.toThrow('larger than 3.5 MB');
});

test('only the Electron app has several files', () => {
  expect(['loopi', 'own', 'dotenv'].filter(takesSeveral)).toEqual(['loopi']);
  expect([endsOf('dotenv'), endsOf('bruno')]).toEqual(['', '.bru']);
});
