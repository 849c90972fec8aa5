import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCheckpoint, encodeCheckpoint, sameSeq, type Checkpoint } from './checkpoint.ts';

const place = fc.record({
  range: fc.nat(5),
  after: fc.string({ maxLength: 200 }),
  posts: fc.nat(50),
  floor: fc.nat(2 ** 31 - 1)
});
const checkpoint: fc.Arbitrary<Checkpoint> = fc.oneof(
  fc.record({ incarnation: fc.string(), seq: fc.string() }),
  fc.record({ incarnation: fc.string(), seq: fc.string(), window: place })
);

test('a checkpoint comes back as it went', () => {
  fc.assert(
    fc.property(checkpoint, (value) => {
      expect(decodeCheckpoint(encodeCheckpoint(value))).toEqual(value);
    })
  );
});

test('what is no checkpoint is none and never throws', () => {
  fc.assert(fc.property(fc.string(), (text) => void decodeCheckpoint(text)));
  const broken = [null, 1, [], ['a'], ['a', 1], ['a', 'b', 0], ['a', 'b', -1, '', 0, 0], ['a', 'b', 0, '', 0, 0, 0]];
  for (const value of broken) expect(decodeCheckpoint(JSON.stringify(value))).toBeUndefined();
});

test('sequences are compared by the number in front, whatever their spelling', () => {
  expect(sameSeq('12-abc', '12-def')).toBe(true);
  expect(sameSeq('12-abc', '13-abc')).toBe(false);
  expect(sameSeq('1-abc', '12-abc')).toBe(false);
  expect(sameSeq('opaque', 'opaque')).toBe(true);
  expect(sameSeq('opaque', 'other')).toBe(false);
});
