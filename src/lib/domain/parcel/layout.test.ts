import fc from 'fast-check';
import { expect, test } from 'vitest';
import { paddedLength, SIGNATURE_BYTES, unwrap, wrap } from './layout';

const bytes = (size: number) => crypto.getRandomValues(new Uint8Array(size));

test('a size tells little: short bodies look the same, and no length costs more than an eighth', () => {
  const sizes = Array.from({ length: 900 }, (_, size) => wrap(bytes(SIGNATURE_BYTES), new Uint8Array(size)).length);
  expect(new Set(sizes)).toEqual(new Set([1024]));
  fc.assert(
    fc.property(fc.integer({ min: 1024, max: 4_000_000 }), (length) => {
      const padded = paddedLength(length);
      expect(padded).toBeGreaterThanOrEqual(length);
      expect(padded / length).toBeLessThan(1.125);
    })
  );
  const known = Array.from({ length: 100_000 }, (_, index) => paddedLength(1024 + index));
  expect(new Set(known).size).toBeLessThan(120);
});

test('what was wrapped comes out, and a padding that says something does not', () => {
  const [signature, body] = [bytes(SIGNATURE_BYTES), bytes(3_000)];
  const inside = wrap(signature, body);
  expect(unwrap(inside)).toEqual({ signature, body });
  expect(unwrap(inside.with(inside.length - 1, 1))).toBeUndefined();
  expect(unwrap(inside.slice(0, -1))).toBeUndefined();
  expect(unwrap(new Uint8Array(10))).toBeUndefined();
});
