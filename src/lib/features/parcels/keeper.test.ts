import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ownPost, someStore } from '$lib/store/testing/fixtures';
import { keepKeys, newPair } from '$lib/sync/parcels/keys';
import { parcelArrived, removeParcel, removeSparesOf, waitingParcels } from '$lib/sync/parcels/waiting';
import { keepUnsent, sealAhead } from './keeper';

/** X25519's base point: a public key like any other. */
const SERVER_KEY = `CQ${'A'.repeat(41)}`;

async function place(isRegistered = true) {
  const { store, vault } = await someStore();
  const keys = { ...(await newPair()), session: crypto.randomUUID(), server: SERVER_KEY, at: 0 };
  if (isRegistered) await keepKeys(store, keys);
  return { store, vault, slot: vault.slot.id };
}

beforeEach(() => vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch'))));

afterEach(async () => {
  for (const { id } of await waitingParcels()) await removeParcel(id);
  vi.unstubAllGlobals();
});

test('what waits when a place is locked is safe without it, also once its parcel has arrived', async () => {
  const { store, vault, slot } = await place();
  await sealAhead({ store, vault });
  expect(await waitingParcels()).toEqual([]);
  const { edit } = await store.write(ownPost('belum terkirim'));
  await sealAhead({ store, vault });
  const [parcel] = await waitingParcels();
  expect(await keepUnsent({ slot, edits: [edit] })).toBe(true);
  if (!parcel) throw new Error('nothing was sealed');
  await parcelArrived(parcel);
  expect(await waitingParcels()).toEqual([]);
  expect(await keepUnsent({ slot, edits: [edit] })).toBe(true);

  const later = await store.write(ownPost('kemudian'));
  expect(await keepUnsent({ slot, edits: [edit, later.edit] })).toBe(false);
  await sealAhead({ store, vault });
  expect(await keepUnsent({ slot, edits: [edit, later.edit] })).toBe(true);
  await removeSparesOf(slot);
  expect(await keepUnsent({ slot, edits: [edit] })).toBe(false);
});

test('a place that cannot seal is locked all the same, and says what would be lost with it', async () => {
  const { store, vault, slot } = await place(false);
  const { edit } = await store.write(ownPost('belum terkirim'));
  await expect(sealAhead({ store, vault })).rejects.toThrow();
  expect(await keepUnsent({ slot, edits: [edit] })).toBe(false);
});
