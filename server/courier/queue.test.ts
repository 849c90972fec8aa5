import { expect, test, vi } from 'vitest';
import { backoff } from './backoff.ts';
import { createQueue } from './queue.ts';

class Outage extends Error {}

/** A queue whose work and pauses end when the test says so. */
function setUp(parallel = 2) {
  const started: string[] = [];
  const errors: string[] = [];
  const work = new Map<string, { resolve(): void; reject(error: Error): void }>();
  const pauses: { ms: number; end(): void }[] = [];
  const queue = createQueue({
    parallel,
    together: 1,
    isOutage: (error) => error instanceof Outage,
    onError: (key) => errors.push(key),
    work: async ([key = '']) => {
      started.push(key);
      await new Promise<void>((resolve, reject) => work.set(key, { resolve, reject }));
      return new Map();
    },
    wait: (ms, signal) =>
      new Promise((resolve) => {
        pauses.push({ ms, end: resolve });
        signal.addEventListener('abort', () => resolve());
      })
  });
  const end = async (key: string, error?: Error): Promise<void> => {
    if (error) work.get(key)?.reject(error);
    else work.get(key)?.resolve();
    await new Promise(setImmediate);
  };
  const endPause = async (): Promise<void> => {
    pauses.shift()?.end();
    await new Promise(setImmediate);
  };
  return { queue, started, errors, pauses, end, endPause };
}

test('works on several keys at once, in the order in which they came', async () => {
  const { queue, started, end } = setUp();
  for (const key of ['a', 'b', 'c']) queue.add(key);
  expect(started).toEqual(['a', 'b']);
  await end('a');
  expect(started).toEqual(['a', 'b', 'c']);
});

test('a key never runs twice at a time; news during its work makes it run once more', async () => {
  const { queue, started, end } = setUp();
  queue.add('a');
  queue.add('a');
  queue.add('a');
  expect(started).toEqual(['a']);
  await end('a');
  expect(started).toEqual(['a', 'a']);
  await end('a');
  expect(started).toEqual(['a', 'a']);
  await queue.drained();
});

test('a failed key comes back after a growing pause and holds up nobody', async () => {
  const { queue, started, errors, pauses, end, endPause } = setUp(1);
  queue.add('bad');
  queue.add('good');
  await end('bad', new Error('poison'));
  expect(started).toEqual(['bad', 'good']);
  await end('good');
  const [first] = pauses;
  await endPause();
  await end('bad', new Error('poison'));
  expect(errors).toEqual(['bad', 'bad']);
  expect(pauses[0]?.ms).toBeGreaterThanOrEqual(first?.ms ?? Infinity);
});

test('in an outage all keys wait together, then go on one by one until one succeeds', async () => {
  const { queue, started, pauses, end, endPause } = setUp();
  for (const key of ['a', 'b', 'c']) queue.add(key);
  await end('a', new Outage());
  await end('b', new Outage());
  expect(pauses).toHaveLength(1);
  expect(started).toEqual(['a', 'b']);
  await endPause();
  expect(started).toEqual(['a', 'b', 'c']);
  await end('c');
  expect(started).toEqual(['a', 'b', 'c', 'a', 'b']);
  await Promise.all([end('a'), end('b')]);
  await queue.drained();
});

test('stopping waits for what is under way and starts nothing more', async () => {
  const { queue, started, end } = setUp(1);
  queue.add('a');
  queue.add('b');
  const stopped = queue.stop();
  await end('a');
  await stopped;
  expect(started).toEqual(['a']);
});

test('pauses double up to half a minute, half of them by chance', () => {
  expect(backoff(1, 0)).toBe(125);
  expect(backoff(2, 0)).toBe(250);
  expect(backoff(20, 0)).toBe(15_000);
  expect(backoff(20, 0.999)).toBeLessThan(30_000);
});

test('what waits is done together, and only those who failed come back', async () => {
  const calls: string[][] = [];
  const gate = Promise.withResolvers<void>();
  const done: string[] = [];
  const rest = Promise.withResolvers<void>();
  const queue = createQueue({
    parallel: 1,
    together: 2,
    isOutage: () => false,
    onError: () => undefined,
    onDone: (key) => done.push(key),
    wait: () => rest.promise,
    async work(keys) {
      calls.push(keys);
      await gate.promise;
      return new Map(calls.length <= 3 && keys.includes('c') ? [['c', new Error('poison')]] : []);
    }
  });
  for (const key of ['a', 'b', 'c', 'd']) queue.add(key);
  gate.resolve();
  await vi.waitFor(() => expect(done).toEqual(['a', 'b', 'd']));
  expect(calls).toEqual([['a'], ['b', 'c'], ['d']]);
  rest.resolve();
  await queue.drained();
  expect(done).toEqual(['a', 'b', 'd', 'c']);
});

test('what may wait is done when its time has come, or with what does not wait', async () => {
  const { queue, started, end } = setUp();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    queue.addLater('a', 3_000);
    queue.addLater('b', 3_000);
    queue.addLater('b', 9_000);
    expect([queue.isIdle(), queue.isLater('a'), queue.isLater('c')]).toEqual([true, true, false]);
    queue.add('a');
    expect([started, queue.isLater('a')]).toEqual([['a'], false]);
    queue.add('a');
    queue.addLater('a', 3_000);
    await end('a');
    expect([started, queue.isLater('a')]).toEqual([['a', 'a'], false]);
    await end('a');
    vi.advanceTimersByTime(3_000);
    expect(started).toEqual(['a', 'a', 'b']);
    await end('b');
    vi.advanceTimersByTime(9_000);
    expect(started).toEqual(['a', 'a', 'b']);
  } finally {
    vi.useRealTimers();
  }
});
