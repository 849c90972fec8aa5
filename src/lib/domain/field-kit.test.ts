import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packKit, type Offer } from './field-kit.ts';

const offers = fc.uniqueArray(
  fc.record<Offer>({
    id: fc.uuid(),
    missing: fc.nat({ max: 500 }),
    minutes: fc.nat({ max: 300 }),
    started: fc.boolean(),
    weight: fc.nat({ max: 3 })
  }),
  { selector: ({ id }) => id, maxLength: 30 }
);
const journey = fc.record({
  days: fc.integer({ min: 1, max: 30 }),
  aDay: fc.integer({ min: 15, max: 240 }),
  space: fc.nat({ max: 4_000 })
});

const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);

test('a kit is never larger than the space, and its sums are those of its courses', () => {
  fc.assert(
    fc.property(offers, journey, (all, trip) => {
      const kit = packKit(all, trip);
      expect(kit.bytes).toBeLessThanOrEqual(trip.space);
      expect(kit.bytes).toBe(sum(kit.chosen.map(({ missing }) => missing)));
      expect(kit.minutes).toBe(sum(kit.chosen.map(({ minutes }) => minutes)));
      expect(new Set(kit.chosen).size).toBe(kit.chosen.length);
    })
  );
});

test('the days are filled, unless nothing more fits', () => {
  fc.assert(
    fc.property(offers, journey, (all, trip) => {
      const kit = packKit(all, trip);
      const left = all.filter((one) => !kit.chosen.includes(one) && one.minutes > 0);
      if (kit.minutes < kit.wanted)
        for (const { missing } of left) expect(kit.bytes + missing).toBeGreaterThan(trip.space);
      // Without the last one there was time left.
      else expect(kit.minutes - (kit.chosen.at(-1)?.minutes ?? 0)).toBeLessThan(kit.wanted);
    })
  );
});

test('who is in a course takes it before any other that fits, and what matters more before what matters less', () => {
  fc.assert(
    fc.property(offers, journey, (all, trip) => {
      const { chosen } = packKit(all, trip);
      const rank = ({ started, weight }: Offer) => (started ? 100 : 0) + weight;
      expect(chosen.map(rank)).toEqual(chosen.map(rank).sort((a, b) => b - a));
    })
  );
});

test('the order of the catalogue does not matter', () => {
  fc.assert(
    fc.property(offers, journey, (all, trip) => {
      expect(packKit(all.toReversed(), trip)).toEqual(packKit(all, trip));
    })
  );
});

test('a large course that does not fit leaves its place to smaller ones', () => {
  const offer = (id: string, missing: number, started = false): Offer => ({
    id,
    missing,
    minutes: 60,
    started,
    weight: 0
  });
  const kit = packKit([offer('a', 5), offer('b', 90, true), offer('c', 4)], { days: 1, aDay: 90, space: 20 });
  expect(kit.chosen.map(({ id }) => id)).toEqual(['c', 'a']);
});
