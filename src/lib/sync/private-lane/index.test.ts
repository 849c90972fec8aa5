import { expect, test } from 'vitest';
import { edited, ownPost } from '$lib/store/testing/fixtures';
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
