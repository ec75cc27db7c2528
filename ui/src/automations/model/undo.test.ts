import { expect, test } from 'vitest';
import { begin, record, redo, undo } from './undo';

test('what was done is taken back and done again', () => {
  const done = record(record(begin('a'), 'b', '', 0), 'c', '', 0);
  expect(undo(done).present).toBe('b');
  expect(undo(undo(done)).present).toBe('a');
  expect(redo(undo(done)).present).toBe('c');
});

test('letters typed into one field within a second are one change', () => {
  const typed = record(record(begin('a'), 'ab', 'x.url', 0), 'abc', 'x.url', 900);
  expect(undo(typed).present).toBe('a');
});

test('a pause, or another field, begins a new change', () => {
  const paused = record(record(begin('a'), 'ab', 'x.url', 0), 'abc', 'x.url', 1000);
  const other = record(record(begin('a'), 'ab', 'x.url', 0), 'abc', 'x.text', 1);
  expect(undo(paused).present).toBe('ab');
  expect(undo(other).present).toBe('ab');
});

test('a new change forgets what was taken back', () => {
  const changed = record(undo(record(begin('a'), 'b', '', 0)), 'c', '', 0);
  expect(redo(changed)).toBe(changed);
});

test('there is nothing before the beginning', () => {
  const history = begin('a');
  expect(undo(history)).toBe(history);
});

test('typing after an undo does not join the change before it', () => {
  const undone = undo(record(begin('a'), 'ab', 'x.url', 0));
  expect(undo(record(undone, 'ac', 'x.url', 1)).present).toBe('a');
});
