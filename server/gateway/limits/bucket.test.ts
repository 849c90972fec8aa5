import { expect, test } from 'vitest';
import { makeBuckets } from './bucket.ts';

const start = (burst = 10, perSecond = 2) => {
  const clock = { now: 1_000_000 };
  return { clock, buckets: makeBuckets({ burst, perSecond }, () => clock.now) };
};

/** How much is given when everything that is allowed is taken, for so many seconds. */
function taken(seconds: number, cost: number, key = () => 'a'): number {
  const { clock, buckets } = start();
  const end = clock.now + seconds * 1000;
  let sum = 0;
  while (clock.now <= end) {
    const wait = buckets.take(key(), cost);
    if (wait === 0) sum += cost;
    clock.now += wait * 1000;
  }
  return sum;
}

test('the burst at once, then the rate, whatever one costs', () => {
  expect(taken(0, 1)).toBe(10);
  expect(taken(100, 1)).toBe(10 + 100 * 2);
  expect(taken(100, 4)).toBeGreaterThan(190);
  expect(taken(100, 4)).toBeLessThanOrEqual(10 + 100 * 2);
});

test('who waits as long as she was told gets it, and one who does not has lost nothing by asking', () => {
  const { clock, buckets } = start();
  expect(buckets.take('a', 10)).toBe(0);
  for (let tries = 0; tries < 50; tries += 1) expect(buckets.take('a', 5)).toBe(3);
  clock.now += 3_000;
  expect(buckets.take('a', 5)).toBe(0);
});

test('nobody pays for another, and what costs more than a bucket holds costs a whole one', () => {
  const { buckets } = start();
  expect(buckets.take('a', 1_000)).toBe(0);
  expect(buckets.take('a', 1)).toBe(1);
  expect(buckets.take('b', 10)).toBe(0);
});

test('nothing is forgotten before it is over, and a clock that is set back locks nobody out', () => {
  const { clock, buckets } = start();
  for (let second = 0; second < 60; second += 1) {
    // The generations change while this bucket stays empty.
    let given = 0;
    while (buckets.take('a', 1) === 0) given += 1;
    expect(given).toBe(second === 0 ? 10 : 2);
    clock.now += 1_000;
  }
  clock.now -= 3_600_000;
  expect(buckets.take('a', 1)).toBe(0);
});
