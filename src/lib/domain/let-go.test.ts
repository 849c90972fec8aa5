import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LONG, mayGo, type Kept } from './let-go.ts';

const NOW = Date.parse('2026-11-25T00:00:00Z');
const kept = fc.record<Kept>({
  bytes: fc.nat(),
  finished: fc.boolean(),
  openedAt: fc.option(fc.integer({ min: NOW - 3 * LONG, max: NOW }), { nil: undefined })
});

test('finished ones come first, then those that rested longest', () => {
  const [done, old, older, fresh, never] = [
    { name: 'done', bytes: 1, finished: true, openedAt: NOW },
    { name: 'old', bytes: 1, finished: false, openedAt: NOW - LONG - 1 },
    { name: 'older', bytes: 1, finished: false, openedAt: NOW - 2 * LONG },
    { name: 'fresh', bytes: 9, finished: false, openedAt: NOW - LONG },
    { name: 'never', bytes: 9, finished: false, openedAt: undefined }
  ];
  expect(mayGo([fresh, old, never, older, done], NOW).map(({ name }) => name)).toEqual(['done', 'older', 'old']);
});

test('what somebody is in, or has not begun, never goes by itself', () => {
  fc.assert(
    fc.property(fc.array(kept), (all) => {
      const going = mayGo(all, NOW);
      for (const one of all) {
        const isIn = !one.finished && (one.openedAt === undefined || NOW - one.openedAt <= LONG);
        expect(going.includes(one)).toBe(!isIn);
      }
    })
  );
});
