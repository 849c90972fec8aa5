import { expect, test } from 'vitest';
import { makeWaiters } from './waiters.ts';

const LONG = 1_000_000;
const never = new AbortController().signal;

test('a wake reaches those who wait for that database and nobody else', async () => {
  const waiters = makeWaiters();
  let other = false;
  const first = waiters.wait(['a', 'b'], LONG, never);
  const abort = new AbortController();
  const second = waiters.wait(['c'], LONG, abort.signal).then(() => (other = true));
  waiters.wake('b');
  await first;
  expect(other).toBe(false);
  expect(waiters.size).toBe(1);
  abort.abort();
  await second;
  expect(waiters.size).toBe(0);
});

test('time, a client that goes away and the end of the gateway release everything', async () => {
  const waiters = makeWaiters();
  await waiters.wait(['a'], 1, never);
  await waiters.wait(['a'], LONG, AbortSignal.abort());
  const all = Promise.all([waiters.wait(['a'], LONG, never), waiters.wait([], LONG, never)]);
  expect(waiters.size).toBe(2);
  waiters.wakeAll();
  await all;
  expect(waiters.size).toBe(0);
});

test('a thousand who wait for one channel are all woken, and others are heard in between', async () => {
  const waiters = makeWaiters();
  const all = Promise.all(Array.from({ length: 1_000 }, () => waiters.wait(['a'], LONG, never)));
  waiters.wake('a');
  expect(waiters.size).toBeGreaterThan(0);
  await new Promise((resolve) => setImmediate(resolve));
  expect(waiters.size).toBeGreaterThan(0);
  await all;
  expect(waiters.size).toBe(0);
});
