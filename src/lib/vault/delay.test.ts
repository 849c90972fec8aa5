import { expect, test } from 'vitest';
import { delayAfter, retryTime } from './delay';

test('the delay grows with each wrong PIN and stops at a day', () => {
  const seconds = Array.from({ length: 14 }, (_, i) => delayAfter(i) / 1_000);
  expect(seconds).toEqual([0, 0, 0, 0, 5, 15, 60, 300, 900, 3_600, 14_400, 43_200, 86_400, 86_400]);
});

test('a clock that was set back does not lengthen the wait', () => {
  const slot = { failures: 4, retryAt: 1_000_000 };
  expect(retryTime(slot, 998_000)).toBe(1_000_000);
  expect(retryTime(slot, 0)).toBe(5_000);
  expect(retryTime(slot, 1_000_000)).toBe(0);
});
