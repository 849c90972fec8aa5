import { expect, test } from 'vitest';
import { createBlocks } from './blocks';

test('rows of two sources are kept apart until each gets its checkpoint', () => {
  const blocks = createBlocks(2);
  expect(blocks.take(['d', 0, { _id: 'a' }])).toBeUndefined();
  expect(blocks.take(['x', 1, 'b'])).toBeUndefined();
  expect(blocks.take(['c', 0, 'k0'])).toEqual({
    kind: 'block',
    source: 0,
    block: { docs: [{ _id: 'a' }], deletedIds: [], checkpoint: 'k0' }
  });
  expect(blocks.take(['c', 1, 'k1'])).toEqual({
    kind: 'block',
    source: 1,
    block: { docs: [], deletedIds: ['b'], checkpoint: 'k1' }
  });
});

test('of several rows about one document the last counts', () => {
  const blocks = createBlocks(1);
  blocks.take(['d', 0, { _id: 'a', n: 1 }]);
  blocks.take(['x', 0, 'a']);
  blocks.take(['x', 0, 'b']);
  blocks.take(['d', 0, { _id: 'b', n: 2 }]);
  expect(blocks.take(['c', 0, 'k'])).toMatchObject({ block: { docs: [{ _id: 'b' }], deletedIds: ['a'] } });
});

test('a reset drops what came before it and marks one block', () => {
  const blocks = createBlocks(1);
  blocks.take(['d', 0, { _id: 'old' }]);
  blocks.take(['r', 0]);
  blocks.take(['d', 0, { _id: 'new' }]);
  expect(blocks.take(['c', 0, 'k'])).toMatchObject({ block: { docs: [{ _id: 'new' }], reset: true } });
  expect(blocks.take(['c', 0, 'l'])).not.toHaveProperty('block.reset');
});

test('unknown rows, foreign sources and things that are no rows are passed over', () => {
  const blocks = createBlocks(1);
  for (const row of [null, 7, 'd', [], ['z', 0, 1], ['d', 1, { _id: 'a' }], ['d', 0, {}], ['c', -1, 'k'], ['o', 1]])
    expect(blocks.take(row)).toBeUndefined();
  expect(blocks.take(['c', 0, 'k'])).toMatchObject({ block: { docs: [] } });
  expect(blocks.take(['o', '7-a'])).toEqual({ kind: 'own', own: { sequence: '7-a' } });
  expect(blocks.take(['e', 12])).toEqual({ kind: 'end', now: 12 });
});
