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
