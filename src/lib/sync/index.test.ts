import { afterEach, expect, test, vi } from 'vitest';
import { ownPost, someStore } from '$lib/store/testing/fixtures';
import { whileLeading } from './leadership';
import { keepSession } from './session';
import { FakeServer } from './testing/fake-server';
import { fakeLocks, fakeTab } from './testing/tab';
import type { SyncHandle } from './types';

const handles: SyncHandle[] = [];

afterEach(async () => {
  await Promise.all(handles.splice(0).map((handle) => handle.stop()));
  vi.unstubAllGlobals();
});

/** Two tabs of one person in one browser: one vault, one store, one lock. */
async function twoTabs() {
  const server = new FakeServer();
  server.rows = (request) => (request.wait ? new Promise(() => undefined) : [['e', Date.now()]]);
  vi.stubGlobal('fetch', server.fetch);
  const { store, vault } = await someStore();
  await keepSession(store, { person: server.person, refresh: server.session.refresh });
  const locks = fakeLocks();
  const open = async () => {
    // Every tab has modules of its own, and so a status of its own.
    vi.resetModules();
    const { startSync, status } = await import('./index');
    const handle = startSync({ store, vault, surroundings: fakeTab(locks).surroundings });
    handles.push(handle);
    return { handle, status };
  };
  return { server, store, vault, locks, open, first: await open(), second: await open() };
}

test('one tab leads; a write in the other reaches the server, and after the leader has gone the other leads', async () => {
  const { server, store, open, first, second } = await twoTabs();
  await vi.waitFor(() => expect(first.status.current.leader).toBe(true));
  await vi.waitFor(() => expect(server.count('/sync')).toBeGreaterThan(1));
  await vi.waitFor(() => expect(second.status.current.freshAt).toBeGreaterThan(0));
  expect(second.status.current.leader).toBe(false);
  await store.write(ownPost('dari tab kedua'));
  second.handle.now();
  await vi.waitFor(async () => expect(await store.pending()).toEqual([]));

  // The tab dies between a write and its ring: whoever leads next finds it.
  await store.write(ownPost('sesudahnya'));
  await first.handle.stop();
  const reopened = await open();
  await vi.waitFor(() => expect(reopened.status.current.freshAt).toBeGreaterThan(0));
  await vi.waitFor(() => expect(second.status.current.leader).toBe(true));
  await vi.waitFor(async () => expect(await store.pending()).toEqual([]));
  expect(server.count('_bulk_docs')).toBe(2);
});

test('a tab that was drawn long ago takes over without waiting until it is idle again', async () => {
  const { server, store, vault, locks, first } = await twoTabs();
  vi.resetModules();
  const { startSync, status } = await import('./index');
  const busy = fakeTab(locks).surroundings;
  const waits: Promise<void>[] = [Promise.resolve()];
  busy.idle = () => waits.pop() ?? new Promise(() => undefined);
  handles.push(startSync({ store, vault, surroundings: busy }));
  await vi.waitFor(() => expect(server.count('/sync')).toBeGreaterThan(0));
  expect(waits).toEqual([]);
  await first.handle.stop();
  await handles[1]?.stop();
  await vi.waitFor(() => expect(status.current.leader).toBe(true));
});

test('stopping leaves nothing behind: no request, no leader', async () => {
  const { server, first, second } = await twoTabs();
  await vi.waitFor(() => expect(server.count('/sync')).toBeGreaterThan(1));
  await Promise.all([first.handle.stop(), second.handle.stop()]);
  const asked = server.asked.length;
  for (const { handle } of [first, second]) handle.now();
  expect(server.asked.length).toBe(asked);
  expect(first.status.current.leader).toBe(false);
});

test('a leader that fails unexpectedly is followed by another try', async () => {
  vi.useFakeTimers();
  const stop = new AbortController();
  let tries = 0;
  const leading = whileLeading('x', fakeLocks(), stop.signal, () => {
    tries += 1;
    if (tries < 3) return Promise.reject(new Error('unexpected'));
    stop.abort();
    return Promise.resolve();
  });
  await vi.advanceTimersByTimeAsync(11_000);
  await leading;
  expect(tries).toBe(3);
  vi.useRealTimers();
});
