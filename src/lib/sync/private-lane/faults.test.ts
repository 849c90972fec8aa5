import { expect, test } from 'vitest';
import { edited, ownPost, receiptOf, someVault, T0 } from '$lib/store/testing/fixtures';
import { SyncFailure } from '../failure';
import { someDevice } from '../testing/device';
import { FakeServer, type Fault } from '../testing/fake-server';
import { openOwnDatabase } from './own-database';
import { openPouch } from './pouch';

test('whatever dies between writing and acknowledgement, the post arrives once and the outbox drains', async () => {
  // The store's calls of a push in turn; the device dies before or after each, then a new tab begins afresh.
  for (const method of ['acknowledge', 'applyOwn'] as const) {
    for (const when of ['before', 'after'] as const) {
      const server = new FakeServer();
      const { store, lane, open, signal } = await someDevice(server);
      const post = await store.write(ownPost('tetap ada'));
      const original = store[method].bind(store) as (argument: never) => Promise<void>;
      store[method] = async (argument: never) => {
        if (when === 'after') await original(argument);
        throw new Error('died');
      };
      await expect(lane.push(signal)).rejects.toThrow('died');
      await lane.close();
      store[method] = original as never;
      const next = await open();
      await next.push(signal);
      await next.pull(signal);
      expect(await store.pending()).toEqual([]);
      expect((await server.remote.get(post._id))._rev).toMatch(/^1-/);
      expect(await store.ownItem(post._id)).toMatchObject({ doc: { body: post.body } });
    }
  }
});

test('a request that dies, or whose answer is lost, leaves the entry waiting and the next push delivers it', async () => {
  for (const fault of ['refused', 'answer-lost', 500, 503] satisfies Fault[]) {
    const server = new FakeServer();
    const { store, lane, signal } = await someDevice(server);
    const post = await store.write(ownPost());
    server.fault = ({ path }) => (path.endsWith('_bulk_docs') ? fault : undefined);
    await expect(lane.push(signal)).rejects.toBeInstanceOf(SyncFailure);
    expect(await store.ownItem(post._id)).toMatchObject({ state: { kind: 'waiting' } });
    server.fault = () => undefined;
    await lane.push(signal);
    expect(await store.ownItem(post._id)).toMatchObject({ state: { kind: 'sent' } });
    expect((await server.remote.get(post._id))._rev).toMatch(/^1-/);
  }
});

test('a link that breaks between two requests costs the second alone, so that a long outbox comes to its end', async () => {
  const server = new FakeServer();
  const { store, lane, signal } = await someDevice(server);
  for (let index = 0; index < 120; index += 1) await store.write(ownPost(`isi ${index}`));
  const left = [];
  for (let tries = 0; tries < 3; tries += 1) {
    // One request goes through, the next one does not.
    let pushes = 0;
    server.fault = ({ path }) => (path.endsWith('_bulk_docs') && (pushes += 1) > 1 ? 429 : undefined);
    await lane.push(signal).catch((error: unknown) => expect(error).toMatchObject({ status: 429 }));
    left.push((await store.pending()).length);
  }
  expect(left).toEqual([70, 20, 0]);
  expect(server.count('_bulk_docs')).toBe(5);
});

test('a document that the server refuses is marked with the reason; the others go through, and it can be mended', async () => {
  const server = new FakeServer();
  const { store, lane, signal } = await someDevice(server);
  const bad = await store.write(ownPost('terlarang'));
  const good = await store.write(ownPost('boleh'));
  server.refuses = (doc) => (JSON.stringify(doc).includes('terlarang') ? 'not allowed' : undefined);
  await lane.push(signal);
  expect((await store.pending()).map(({ edit, refused }) => ({ edit, refused }))).toEqual([
    { edit: bad.edit, refused: 'not allowed' }
  ]);
  expect(await store.ownItem(good._id)).toMatchObject({ state: { kind: 'sent' } });
  expect(await lane.hasWork()).toBe(false);
  await store.write(edited(bad, 'sopan'));
  await lane.push(signal);
  expect(await store.pending()).toEqual([]);
  expect(JSON.stringify(await server.remote.get(bad._id))).toContain('sopan');
});

test('a refused edit that is tried again without a change is really sent again', async () => {
  const server = new FakeServer();
  const { store, lane, signal } = await someDevice(server);
  const post = await store.write(ownPost());
  server.refuses = () => 'not now';
  await lane.push(signal);
  server.refuses = () => undefined;
  await store.retry(post.edit);
  await lane.push(signal);
  expect(await store.pending()).toEqual([]);
  expect(await server.remote.get(post._id)).toMatchObject({ edit: post.edit });
});

test('one document that is too large for the server does not hold up the others', async () => {
  const server = new FakeServer();
  const { store, lane, signal } = await someDevice(server);
  const posts = [];
  for (let index = 0; index < 5; index += 1) posts.push(await store.write(ownPost(`isi ${index}`)));
  server.fault = ({ path, body }) => (path.endsWith('_bulk_docs') && body.includes('isi 3') ? 413 : undefined);
  await lane.push(signal);
  expect(await store.pending()).toMatchObject([{ id: posts[3]?._id, refused: 'too-long' }]);
  expect(await store.refusedItems()).toMatchObject([{ state: { kind: 'refused', reason: 'too-long' } }]);
});

test('a receipt that the server wrote comes back to the item', async () => {
  const server = new FakeServer();
  const { store, lane, signal } = await someDevice(server);
  const post = await store.write(ownPost());
  await lane.push(signal);
  await server.remote.put({ ...receiptOf(post, T0) });
  await lane.pull(signal);
  expect(await store.ownItem(post._id)).toMatchObject({ state: { kind: 'delivered' } });
  expect(lane.sequence()).toMatch(/^\d+-a$/);
});

test('an own database that the browser threw away is fetched again, and what waits is not lost', async () => {
  const server = new FakeServer();
  const { store, lane, make, open, signal } = await someDevice(server);
  const sent = await store.write(ownPost('terkirim'));
  await lane.push(signal);
  const waiting = await store.write(ownPost('menunggu'));
  await lane.close();
  await (await make()).destroy();
  const next = await open();
  expect(next.sequence()).toBeUndefined();
  await next.pull(signal);
  await next.push(signal);
  expect(await store.ownItem(sent._id)).toBeDefined();
  expect(await server.remote.get(waiting._id)).toBeDefined();
});

test('a server that was restored from a backup gets back what it lost', async () => {
  const server = new FakeServer();
  const { store, lane, signal } = await someDevice(server);
  const post = await store.write(ownPost('berharga'));
  await lane.push(signal);
  await store.write(ownPost('lagi'));
  await lane.push(signal);
  await lane.pull(signal);
  server.remote = server.freshRemote();
  server.incarnation = 'b';
  await lane.pull(signal);
  expect(await lane.hasWork()).toBe(true);
  await lane.push(signal);
  expect(await server.remote.get(post._id)).toMatchObject({ edit: post.edit });
});

test('a copy sealed by another key is replaced, a locked vault replaces nothing', async () => {
  const name = `smartasn-own-${crypto.randomUUID()}`;
  const [mine, other] = await Promise.all([someVault(), someVault()]);
  const first = await openOwnDatabase(mine, () => openPouch(name));
  const { incarnation } = first.state();
  await first.close();
  const locked = await someVault();
  locked.lock();
  await expect(openOwnDatabase(locked, () => openPouch(name))).rejects.toThrow();
  const again = await openOwnDatabase(mine, () => openPouch(name));
  expect(again.state().incarnation).toBe(incarnation);
  await again.close();
  const foreign = await openOwnDatabase(other, () => openPouch(name));
  expect(foreign.state().incarnation).not.toBe(incarnation);
  await foreign.close();
});
