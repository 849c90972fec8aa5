import { afterAll, describe, expect, test } from 'vitest';
import { Runs } from './run.ts';

/** What `scripts/faults.js` was asked for; without it, what `npm test` runs. */
const { FAULT_SCHEDULES = '80', FAULT_SEED = '1', TEST_COUCHDB_URL: external } = process.env;

const schedules = Number(FAULT_SCHEDULES);
const first = Number(FAULT_SEED);

const targets: [string, string | undefined][] = [
  ['embedded', undefined],
  ...(external ? [['TEST_COUCHDB_URL', external] as [string, string]] : [])
];

/** Makes a test of every second schedule: two files run side by side. */
export function testHalf(half: 0 | 1): void {
  const seeds = Array.from({ length: schedules }, (_, index) => first + index).filter((_, index) => index % 2 === half);
  describe.each(targets)('faults (%s)', (_label, couchUrl) => {
    const runs = new Runs(couchUrl);
    afterAll(() => runs.close());
    test.each(seeds)('nothing is lost in schedule %i', async (seed) => {
      const wrong = await runs.run(seed);
      if (wrong) console.error(`schedule ${seed} failed`);
      expect(wrong).toBeUndefined();
    });
    test('there were schedules', () => {
      expect(schedules).toBeGreaterThan(0);
    });
  });
}
