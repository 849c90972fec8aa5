import 'fake-indexeddb/auto';
import { argon2Sync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { vi } from 'vitest';
import { advance, describeSelf, newComment, newPost, react, rewrite } from '$lib/domain/documents/compose';
import { docId, receiptId } from '$lib/domain/ids';
import { openDb } from '$lib/store/db';
import { openMediaDb } from '$lib/store/media-db';
import { openStore } from '$lib/store/index';
import type { Store } from '$lib/store/types';
import { keepSession, signIn, startSync } from '$lib/sync/index';
import { openPouch } from '$lib/sync/private-lane/pouch';
import { fakeTab } from '$lib/sync/testing/tab';
import { KDF_COST, type Derive } from '$lib/vault/kdf';
import type { OpenVault } from '$lib/vault/types';
import { createVaults } from '$lib/vault/vault';
import { openVaultDb } from '$lib/vault/vault-db';
import { takeImage, type DeviceImage } from '../../support/device-image.ts';
import { PASSWORD, startServer } from '../sync-server.ts';

/** Devices as released builds left them, with work that the server does not have. */

export const PIN = '739164';
export const PERSON = '0b9d1a52-7f0e-4c57-9a41-2f6d4f9b7a10';
export const ACCOUNT = 'yohana.wenda';
export const COURSE = docId('course', '5f0f6f2a-97c5-4b43-8f3e-0d2a60a3b111');
export const PIECE = 'a'.repeat(64);
export const DRAFT = 'Rapat wali murid pindah ke hari';

/** Versions of the three databases of a device. */
export interface Versions {
  store: number;
  vault: number;
  own: number;
}

export interface Released extends DeviceImage {
  versions: Versions;
  slot: string;
  /** Ids of what waits, of the refused post, and of the post that was removed. */
  waiting: string[];
  refused: string;
  removed: string;
}

const FOLDER = new URL('./', import.meta.url);
export const fileOf = ({ store, vault, own }: Versions): URL =>
  new URL(`store-${store}.vault-${vault}.own-${own}.json`, FOLDER);

/** All kept images, oldest first. */
export const releasedDevices = (): Released[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Released)
    .sort((a, b) => a.versions.store - b.versions.store || a.versions.vault - b.versions.vault);

const derive: Derive = async ({ pin, salt, memory, passes, lanes }) =>
  new Uint8Array(
    argon2Sync('argon2id', { message: pin, nonce: salt, parallelism: lanes, tagLength: 32, memory, passes })
  );
export const openVaults = () => createVaults({ derive, cost: KDF_COST });

/** Files of courses stand in a database of the browser's. */
const MEDIA = 'smartasn-media';

const namesOf = (slot: string): string[] => ['smartasn-vault', `smartasn-${slot}`, `_pouch_smartasn-own-${slot}`];

/** Makes the databases of this build, empty, and answers what they look like. */
export async function freshDevice(): Promise<{ versions: Versions; image: DeviceImage }> {
  const slot = crypto.randomUUID();
  const [vault, store, media] = [openVaultDb(), openDb(`smartasn-${slot}`), openMediaDb()];
  await Promise.all([vault.open(), store.open(), media.open()]);
  const pouch = await openPouch(`smartasn-own-${slot}`);
  await pouch.changes({ since: 0, limit: 1, style: 'all_docs' });
  await pouch.close();
  const image = await takeImage([...namesOf(slot), MEDIA], { withRows: false });
  const versions = { store: store.verno, vault: vault.verno, own: image.databases[2]?.version ?? 0 };
  vault.close();
  store.close();
  media.close();
  return { versions, image };
}

/** A server that knows the person of the images. */
export async function serverOfPerson() {
  const server = await startServer();
  await server.addPerson('Yohana Wenda', PERSON);
  return server;
}

export const syncOf = (store: Store, vault: OpenVault, base: string) =>
  startSync({ store, vault, base, surroundings: fakeTab(undefined).surroundings });

/** Uses this build until a device has all kinds of things on it, then leaves it without a link. */
export async function makeDevice(): Promise<Released> {
  const server = await serverOfPerson();
  const vaults = openVaults();
  const vault = await vaults.createSlot(PIN);
  const store = await openStore(vault);
  await keepSession(store, await signIn(ACCOUNT, PASSWORD, server.base));
  const sync = syncOf(store, vault, server.base);
  const post = await store.write(newPost('nasional', 'cerita', 'Kelas dibuka lagi besok.'));
  const removed = await store.write(newPost('nasional', 'berita', 'Salah kirim.'));
  sync.now();
  await vi.waitFor(async () => {
    for (const { _id } of [post, removed]) {
      if (!(await store.inboxDoc(receiptId(_id))) || !(await store.post(_id))?.by) throw new Error('not yet');
    }
  });
  await sync.stop();
  await server.remove();

  const waiting = [
    await store.write(rewrite(post, 'Kelas dibuka lagi lusa.')),
    await store.write(newPost('nasional', 'cerita', 'Solar tinggal sehari.')),
    await store.write(newComment('nasional', post._id, 'Baik, Bu.')),
    await store.write(react(PERSON, 'nasional', post._id, 'suka')),
    await store.write(describeSelf(PERSON, undefined, 'about', 'Guru kelas di Wamena')),
    await store.write(advance(COURSE, undefined, { chapter: 'satu', fraction: 1 }, true))
  ];
  await store.discard(removed._id);
  const refused = await store.write(newPost('nasional', 'cerita', 'Terlalu panjang dahulu.'));
  await store.refuse(refused.edit, 'too-long');
  await store.setSetting('draft:post', { text: DRAFT });
  await store.putPiece(PIECE, new Uint8Array(2_000).fill(7));
  await store.applyOwn({ docs: [{ ...newPost('nasional', 'cerita', 'Masa depan'), schema: 99 }], deleted: [] });
  store.close();
  vaults.close();
  const { versions } = await freshDevice();
  const image = await takeImage([...namesOf(vault.slot.id), MEDIA]);
  const ids = waiting.map(({ _id }) => _id);
  return { versions, slot: vault.slot.id, waiting: ids, refused: refused._id, removed: removed._id, ...image };
}
