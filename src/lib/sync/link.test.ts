import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SyncFailure } from './failure';
import { createLink } from './link';

const offline = new SyncFailure('offline');

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(1);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function some() {
  const stop = new AbortController();
  const state = { answers: false, probes: 0, changes: [] as boolean[] };
  const link = createLink({
    probe: () => {
      state.probes += 1;
      return Promise.resolve(state.answers);
    },
    visible: () => true,
    onChange: (up) => state.changes.push(up),
    signal: stop.signal
  });
  return { link, state, stop };
}

test('a dead server is asked every few seconds by one loop, and everybody hears when it is back', async () => {
  const { link, state, stop } = some();
  link.failed(offline, 10, false);
  link.failed(offline, 10, false);
  const woken: string[] = [];
  void link.untilUp(stop.signal).then(() => woken.push('news'));
  void link.untilUp(stop.signal).then(() => woken.push('outbox'));
  await vi.advanceTimersByTimeAsync(120_000);
  expect(state.probes).toBeGreaterThan(40);
  expect(state.probes).toBeLessThan(60);
  expect(woken).toEqual([]);
  state.answers = true;
  await vi.advanceTimersByTimeAsync(2_500);
  expect(woken.sort()).toEqual(['news', 'outbox']);
  expect(state.changes).toEqual([false, true]);
});

test('a nudge asks at once', async () => {
  const { link, state } = some();
  link.failed(new SyncFailure('server', { retryAfter: 30 }), 10, false);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(state.probes).toBe(0);
  state.answers = true;
  link.nudge();
  await vi.advanceTimersByTimeAsync(0);
  expect(link.up).toBe(true);
});

test('a server that answers the probe but fails the work is asked ever more slowly', async () => {
  const { link, state } = some();
  state.answers = true;
  const gaps: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const began = performance.now();
    link.failed(new SyncFailure('server'), 10, false);
    while (!link.up) await vi.advanceTimersByTimeAsync(100);
    gaps.push(Math.round((performance.now() - began) / 1000));
  }
  expect(gaps).toEqual([1, 2, 4, 8, 16]);
  link.ok();
  const began = performance.now();
  link.failed(new SyncFailure('server'), 10, false);
  while (!link.up) await vi.advanceTimersByTimeAsync(100);
  expect(performance.now() - began).toBeLessThan(1_200);
});

test('a cut after some headway is no reason to wait', () => {
  const { link } = some();
  link.failed(offline, 9_000, true);
  expect(link.up).toBe(true);
});

test('when everything stops, nobody waits and nobody asks', async () => {
  const { link, state, stop } = some();
  link.failed(offline, 10, false);
  const waiting = link.untilUp(stop.signal);
  stop.abort();
  await waiting;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(state.probes).toBe(0);
});
