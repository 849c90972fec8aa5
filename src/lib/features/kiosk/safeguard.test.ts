import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ownPost, someStore } from '$lib/store/testing/fixtures';
import { keepKeys, newPair } from '$lib/sync/parcels/keys';
import { removeParcel, sealedEditsOf, waitingParcels } from '$lib/sync/parcels/waiting';
import { NotSealed } from './not-sealed';
import { safeguarded } from './safeguard';

/** X25519's base point: a public key like any other. */
const SERVER_KEY = `CQ${'A'.repeat(41)}`;

async function guest(isRegistered = true) {
  const { store, vault } = await someStore();
  const keys = { ...(await newPair()), session: crypto.randomUUID(), server: SERVER_KEY, at: 0 };
  if (isRegistered) await keepKeys(store, keys);
  const { id } = vault.slot;
  return { store: await safeguarded(store, id), onDisk: () => sealedEditsOf(id) };
}

beforeEach(() => vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch'))));

afterEach(async () => {
  for (const { id } of await waitingParcels()) await removeParcel(id);
  vi.unstubAllGlobals();
});

test('whatever a guest is told is kept is sealed at that moment, however much she does at once', async () => {
  const { store, onDisk } = await guest();
  for (let round = 0; round < 12; round += 1) {
    const writes = Array.from({ length: 1 + (round % 4) }, async (_, index) => {
      const { edit } = await store.write(ownPost(`${round}/${index}`));
      expect(await onDisk()).toContain(edit);
    });
    await Promise.all(writes);
  }
  expect(await waitingParcels()).toHaveLength(1);
});

test('a removal and a second try are sealed as well', async () => {
  const { store, onDisk } = await guest();
  const [post, other] = [await store.write(ownPost('satu')), await store.write(ownPost('dua'))];
  await store.discard(post._id);
  const removal = (await store.pending()).find(({ id }) => id === post._id)?.edit;
  expect(await onDisk()).toEqual(expect.arrayContaining([removal, other.edit]));
  await store.refuse(other.edit, 'too-long');
  await store.discard(post._id);
  await store.retry(other.edit);
  expect(await onDisk()).toContain(other.edit);
});

test('what cannot be sealed is said, stays in the outbox, and is sealed with the next change', async () => {
  const { store, onDisk } = await guest(false);
  const post = ownPost('belum');
  await expect(store.write(post)).rejects.toBeInstanceOf(NotSealed);
  expect((await store.pending()).map(({ edit }) => edit)).toEqual([post.edit]);
  await keepKeys(store, { ...(await newPair()), session: crypto.randomUUID(), server: SERVER_KEY, at: 0 });
  const next = await store.write(ownPost('sudah'));
  expect(await onDisk()).toEqual([post.edit, next.edit]);
});

test('a lock waits for what is being sealed', async () => {
  const { store, onDisk } = await guest();
  const post = ownPost('terkunci');
  const written = store.write(post);
  await store.settled();
  store.close();
  expect(await onDisk()).toEqual([post.edit]);
  await written;
});

test('what the network has brought needs no parcel, and what comes meanwhile keeps its own', async () => {
  const { store, onDisk } = await guest();
  const sent = await store.write(ownPost('terkirim'));
  expect(await onDisk()).toEqual([sent.edit]);
  const [next] = await Promise.all([store.write(ownPost('berikutnya')), store.acknowledge([sent.edit])]);
  expect(await onDisk()).toContain(next.edit);
  await store.acknowledge([next.edit]);
  await vi.waitFor(async () => expect(await onDisk()).toEqual([]));
});
