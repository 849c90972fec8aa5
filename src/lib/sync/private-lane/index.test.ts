import { expect, test } from 'vitest';
import { edited, ownPost, receiptOf } from '$lib/store/testing/fixtures';
import { someDevice } from '../testing/device';
import { FakeServer } from '../testing/fake-server';

test('a written post reaches the server in one request, and the outbox is empty only then', async () => {
  const server = new FakeServer();
  const { store, lane, signal } = await someDevice(server);
  const post = await store.write(ownPost('Guru honorer Wamena'));
  expect((await store.pending()).map(({ edit }) => edit)).toEqual([post.edit]);
  await lane.push(signal);
  expect(await store.pending()).toEqual([]);
  expect(await server.remote.get(post._id)).toMatchObject({ body: post.body });
  expect(server.asked.map(({ path }) => path)).toEqual([
    '/api/session/refresh',
    `/db/person-${server.person}/_bulk_docs`
  ]);
  expect(await store.ownItem(post._id)).toMatchObject({ state: { kind: 'sent' } });
});

test('an edit travels as a new revision of the same document', async () => {
  const server = new FakeServer();
  const { store, lane, signal } = await someDevice(server);
  const post = await store.write(ownPost('satu'));
  await lane.push(signal);
  await store.write(edited(post, 'dua'));
  await lane.push(signal);
  const doc = await server.remote.get(post._id, { conflicts: true });
  expect(doc._rev).toMatch(/^2-/);
  expect(doc._conflicts).toBeUndefined();
  expect(JSON.stringify(doc)).toContain('dua');
});

test('revisions that came with /sync need no request, keep their histories, and are taken once', async () => {
  const server = new FakeServer();
  const [{ store, lane, signal, make }, other] = [await someDevice(server), await someDevice(server)];
  const post = await store.write(ownPost('satu'));
  await lane.push(signal);
  await other.lane.pull(signal);
  await other.store.write(edited(post, 'dua'));
  await other.lane.push(signal);
  await server.remote.put({ ...receiptOf(post, Date.now()) });
  const asked = server.asked.length;
  const docs = await server.leaves();
  const news = {
    sequence: 'a.3-a',
    brought: { docs: [...docs, null, { _id: '_design/x', _rev: '1-a' }], since: '3-a' }
  };
  for (let time = 0; time < 2; time += 1) await lane.receive(signal, news);
  expect(server.asked).toHaveLength(asked);
  expect(lane.sequence()).toBe('a.3-a');
  expect(await store.ownItem(post._id)).toMatchObject({ doc: { body: { versions: [{ text: 'dua' }] } } });
  await lane.close();
  const pouch = await make();
  const [leaf] = await pouch.get(post._id, { open_revs: 'all', revs: true });
  expect(leaf?.ok?._revisions).toEqual(docs.find(({ _id }) => _id === post._id)?._revisions);
  expect((await pouch.changes({ since: 0, limit: 10, style: 'all_docs' })).last_seq).toBe(3);
  await pouch.close();
});
