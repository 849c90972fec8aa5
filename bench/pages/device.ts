import { newPost } from '$lib/domain/documents/compose';
import { openStore, type Store } from '$lib/store';
import { vaultOn } from '$lib/vault/keys';
import { benchPosts } from '../documents.ts';

const CHANNEL = 'wide';
const BLOCK = 500;
const DAY = 86_400_000;
const OWN = 60;

let store: Store;
let newest = 0;

const sha = (number: number): string => number.toString(16).padStart(64, '0');

/** Opens a store of its own and fills it as a first sync does: block by block, newest first. */
export async function fill(documents: number): Promise<void> {
  const slot = {
    id: crypto.randomUUID(),
    createdAt: Date.now(),
    label: { colour: 0, bird: 0 },
    retryAt: 0,
    openedAt: 0
  };
  store = await openStore(await vaultOn(slot, crypto.getRandomValues(new Uint8Array(32))));
  newest = Date.now();
  for (let at = 0; at < documents; at += BLOCK) {
    const docs = benchPosts(Math.min(BLOCK, documents - at), CHANNEL, at + 1, newest - at * 1000);
    await store.applyShared(`channel-${CHANNEL}`, { docs, deletedIds: [], checkpoint: `${at}` });
  }
}

/** Keeps so many pieces of one megabyte, and reads each of them again. */
export async function media(pieces: number): Promise<void> {
  const bytes = new Uint8Array(1_000_000);
  for (let at = 0; at < bytes.length; at += 65_000) crypto.getRandomValues(bytes.subarray(at, at + 65_000));
  for (let piece = 0; piece < pieces; piece += 1) await store.putPiece(sha(piece), bytes);
  for (let piece = 0; piece < pieces; piece += 1)
    if ((await store.piece(sha(piece)))?.length !== bytes.length) throw new Error(`piece ${piece} is gone`);
}

/** The person has written posts of her own, all delivered, next to each other and older than all others. */
export async function write(): Promise<void> {
  const by = { id: crypto.randomUUID(), name: 'Saya', position: 'Guru', unit: 'SD' };
  for (let index = 0; index < OWN; index += 1) {
    const doc = await store.write(newPost(CHANNEL, 'cerita', `Kabar ${index}`));
    const { _id, type, schema, createdAt, zone, edit, topic } = doc;
    const at = new Date(newest - 40 * DAY + index).toISOString();
    const copy = { _id, type, schema, createdAt, zone, receivedAt: at, by, channel: CHANNEL, topic, text: 'Kabar' };
    const receipt = { _id: `receipt:${_id}`, type: 'receipt', schema: 1, createdAt: at, zone, of: _id, edit, at };
    await store.acknowledge([edit]);
    await store.applyShared(`channel-${CHANNEL}`, { docs: [copy], deletedIds: [], checkpoint: `own ${index}` });
    await store.applyOwn({ docs: [{ ...receipt, status: 'delivered' }], deleted: [] });
  }
}

/** Milliseconds of each of `times` readings of twenty posts, decrypted: the newest, or twenty of the person's own. */
export async function read(times: number, which: 'newest' | 'own'): Promise<number[]> {
  const before = which === 'own' ? newest - 39 * DAY : undefined;
  const taken: number[] = [];
  for (let index = 0; index < times; index += 1) {
    const started = performance.now();
    const { entries } = await store.feedPage({ before, limit: 20 });
    taken.push(performance.now() - started);
    const isRight = entries.length === 20 && entries.every((entry) => (which === 'own') === Boolean(entry.own));
    if (!isRight) throw new Error(`a page of ${entries.length} posts is not ${which}`);
  }
  return taken;
}
