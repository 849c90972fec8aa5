import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { latest, mergeBase, mergeRecords } from './base.ts';

const iso = fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((date) => date.toISOString());
const base = fc.record({
  createdAt: iso,
  zone: fc.constantFrom('Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'),
  edit: fc.uuid({ version: 7 }),
  schema: fc.integer({ min: 1, max: 3 })
});

test('merging the common fields is commutative, associative and idempotent', () => {
  fc.assert(
    fc.property(base, base, base, (a, b, c) => {
      expect(mergeBase(a, b)).toEqual(mergeBase(b, a));
      expect(mergeBase(mergeBase(a, b), c)).toEqual(mergeBase(a, mergeBase(b, c)));
      expect(mergeBase(a, a)).toEqual(a);
    })
  );
});

test('the zone comes with the creation time it belongs to', () => {
  fc.assert(
    fc.property(base, base, (a, b) => {
      const { createdAt, zone } = mergeBase(a, b);
      expect([a, b].some((side) => side.createdAt === createdAt && side.zone === zone)).toBe(true);
    })
  );
});

describe('merging records', () => {
  const record = fc.dictionary(fc.string(), fc.integer(), { maxKeys: 8 });
  const larger = (x: number, y: number) => Math.max(x, y);

  test('is commutative, associative and idempotent, whatever the keys are', () => {
    fc.assert(
      fc.property(record, record, record, (a, b, c) => {
        const text = (value: object) => JSON.stringify(value);
        expect(text(mergeRecords(a, b, larger))).toBe(text(mergeRecords(b, a, larger)));
        const left = mergeRecords(mergeRecords(a, b, larger), c, larger);
        expect(text(left)).toBe(text(mergeRecords(a, mergeRecords(b, c, larger), larger)));
        expect(Object.entries(mergeRecords(a, a, larger)).sort()).toEqual(Object.entries(a).sort());
      })
    );
  });

  test('loses no key, not even one that objects inherit', () => {
    const odd = JSON.parse('{"__proto__": 1, "constructor": 2}') as Record<string, number>;
    const merged = mergeRecords(odd, { toString: 3 } as unknown as Record<string, number>, larger);
    expect(Object.entries(merged).sort()).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
      ['toString', 3]
    ]);
  });
});

test('the latest of two is the one with the later edit', () => {
  const early = { edit: '018f0000-0000-7000-8000-000000000001' };
  const late = { edit: '018f0000-0001-7000-8000-000000000000' };
  expect(latest(early, late)).toBe(late);
  expect(latest(late, early)).toBe(late);
});
