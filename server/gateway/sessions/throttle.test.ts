import { expect, test } from 'vitest';
import { makeThrottle } from './throttle.ts';

const start = () => {
  const clock = { now: 1_000_000 };
  return { clock, throttle: makeThrottle(() => clock.now) };
};

/** Fails as often as the throttle lets it within this time; waits out every delay. */
function tries(seconds: number, names: (index: number) => [account: string, address: string]): number {
  const { clock, throttle } = start();
  const end = clock.now + seconds * 1000;
  let count = 0;
  for (;;) {
    const [account, address] = names(count);
    const wait = throttle.attempt(account, address);
    clock.now += wait * 1000;
    if (clock.now > end) return count;
    if (wait > 0) continue;
    throttle.failed(account, address);
    count += 1;
  }
}

test('a few mistakes cost nothing, then the delay doubles', () => {
  const { clock, throttle } = start();
  const waits: number[] = [];
  for (let index = 0; index < 9; index += 1) {
    expect(throttle.attempt('guru', '10.0.0.1')).toBe(0);
    throttle.failed('guru', '10.0.0.1');
    const wait = throttle.attempt('guru', '10.0.0.1');
    if (wait > 0) waits.push(wait);
    else throttle.failed('guru', '10.0.0.1');
    clock.now += wait * 1000;
  }
  expect(waits.slice(0, 4)).toEqual([2, 4, 8, 16]);
});

test('the right password ends the delay of that account', () => {
  const { clock, throttle } = start();
  for (let index = 0; index < 5; index += 1) throttle.attempt('guru', '10.0.0.1');
  const wait = throttle.attempt('guru', '10.0.0.1');
  expect(wait).toBeGreaterThan(0);
  clock.now += wait * 1000;
  expect(throttle.attempt('guru', '10.0.0.1')).toBe(0);
  throttle.succeeded('guru', '10.0.0.1');
  for (let index = 0; index < 4; index += 1) expect(throttle.attempt('guru', '10.0.0.1')).toBe(0);
});

test('many tries at once do not slip through before the first has failed', () => {
  const { throttle } = start();
  const free = Array.from({ length: 100 }, () => throttle.attempt('guru', '10.0.0.1')).filter((wait) => wait === 0);
  expect(free).toHaveLength(5);
});

test('a colleague who types a name wrongly from elsewhere does not lock its owner out', () => {
  const { throttle } = start();
  for (let index = 0; index < 20; index += 1) {
    if (throttle.attempt('guru', '10.0.0.9') === 0) throttle.failed('guru', '10.0.0.9');
  }
  expect(throttle.attempt('guru', '10.0.0.1')).toBe(0);
});

test('a day of guessing gets few tries, by one address, by many addresses, or at many accounts', () => {
  const day = 24 * 3600;
  expect(tries(day, () => ['guru', '10.0.0.1'])).toBeLessThan(110);
  expect(tries(day, (index) => ['guru', `10.0.${index % 250}.${index % 199}`])).toBeLessThan(140);
  expect(tries(day, (index) => [`a${index}`, '10.0.0.1'])).toBeLessThan(170);
});
