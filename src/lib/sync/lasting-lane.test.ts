import { afterEach, expect, test, vi } from 'vitest';
import { ownPost } from '$lib/store/testing/fixtures';
import { createLane } from './lasting-lane';
import { someDevice } from './testing/device';
import { FakeServer } from './testing/fake-server';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** Connections to own databases that were used from now on. */
function connections(): Set<IDBDatabase> {
  const used = new Set<IDBDatabase>();
  const { transaction } = IDBDatabase.prototype;
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...given) {
    if (this.name.includes('own-')) used.add(this);
    return transaction.apply(this, given);
  });
  return used;
}

test('a lane whose storage the browser took away is opened again, and what waits goes out', async () => {
  const server = new FakeServer();
  const { store, open, lane: first, signal } = await someDevice(server);
  await first.close();
  const used = connections();
  const lane = createLane(open);
  await (await lane.get()).pull(signal);
  const post = await store.write(ownPost());
  for (const connection of used) connection.close();
  await expect((await lane.get()).push(signal)).rejects.toThrow();
  await (await lane.get()).push(signal);
  expect(await store.pending()).toEqual([]);
  expect(await server.remote.get(post._id)).toMatchObject({ edit: post.edit });
  await lane.close();
});

test('a request that fails is no reason to open the lane again', async () => {
  const server = new FakeServer();
  const { store, open, lane: first, signal } = await someDevice(server);
  await first.close();
  const lane = createLane(open);
  const own = await lane.get();
  await store.write(ownPost());
  for (const fault of ['refused', 503, 409] as const) {
    server.fault = ({ path }) => (path.endsWith('_bulk_docs') ? fault : undefined);
    await expect(own.push(signal)).rejects.toThrow();
    expect(await lane.get()).toBe(own);
  }
  await lane.close();
});
