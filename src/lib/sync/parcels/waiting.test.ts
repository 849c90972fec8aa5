import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { concat, headOf } from '$lib/domain/parcel/layout';
import { REPLY_MAGIC } from '$lib/domain/parcel/reply';
import { ownPost, someStore } from '$lib/store/testing/fixtures';
import { fakeTab } from '../testing/tab';
import { startCarrier } from './carrier';
import { depositUnsent, isDeposited } from './deposit';
import { keepKeys, newPair } from './keys';
import { CannotSeal } from './problems';
import { carriedReplies, keepParcel, NoParcel, removeParcel, removeReply, waitingParcels, wantReply } from './waiting';

const someParcel = () =>
  concat(headOf(crypto.getRandomValues(new Uint8Array(8))), crypto.getRandomValues(new Uint8Array(1_200)));

/** X25519's base point: a public key like any other. */
const SERVER_KEY = `CQ${'A'.repeat(41)}`;

/** A store that can seal. */
async function readyStore() {
  const { store, vault } = await someStore();
  const pair = await newPair();
  await keepKeys(store, { ...pair, session: crypto.randomUUID(), server: SERVER_KEY, at: 0 });
  return { store, slot: vault.slot.id };
}

type Answer = object | number | 'silence';
let brought: Uint8Array[];
let asked: string[];
let answer: () => Answer;
let news: () => Uint8Array<ArrayBuffer> | 'silence' | undefined;
let stops: (() => void)[];

beforeEach(() => {
  brought = [];
  asked = [];
  news = () => undefined;
  stops = [];
  answer = () => ({ state: 'arrived', at: new Date().toISOString(), again: false, unmerged: 0 });
  vi.stubGlobal('fetch', async (path: string, { body }: { body: Uint8Array }) => {
    if (path.endsWith('/reply')) {
      asked.push(path);
      const reply = news();
      if (reply === 'silence') throw new TypeError('Failed to fetch');
      return new Response(reply ?? null, { status: reply ? 200 : 204 });
    }
    brought.push(body);
    const said = answer();
    if (said === 'silence') throw new TypeError('Failed to fetch');
    return typeof said === 'number'
      ? new Response('{}', { status: said })
      : new Response(JSON.stringify(said), { status: 'reason' in said ? 422 : 200 });
  });
});

afterEach(async () => {
  for (const stop of stops) stop();
  for (const { id } of await waitingParcels()) await removeParcel(id);
  for (const { id } of await carriedReplies()) await removeReply(id);
  vi.unstubAllGlobals();
});

function carry(savesData = false) {
  const tab = fakeTab(undefined);
  stops.push(startCarrier({ surroundings: { ...tab.surroundings, savesData: () => savesData } }));
  return tab;
}

const someReply = () => concat(headOf(new Uint8Array(8), REPLY_MAGIC), crypto.getRandomValues(new Uint8Array(1_200)));

const withNews = (): Answer => ({
  ...{ state: 'arrived', at: new Date().toISOString(), again: false, unmerged: 0 },
  reply: 'ABC123'
});

test('a parcel is kept once, and goes when it has arrived', async () => {
  const parcel = someParcel();
  await keepParcel(parcel);
  await keepParcel(parcel);
  expect(await waitingParcels()).toHaveLength(1);
  carry();
  await vi.waitFor(async () => expect(await waitingParcels()).toEqual([]));
  expect(brought).toEqual([parcel]);
});

test('without an answer it stays and is brought again', async () => {
  let silent = true;
  const said = answer;
  answer = () => (silent ? 'silence' : said());
  await keepParcel(someParcel());
  carry();
  await vi.waitFor(() => expect(brought.length).toBeGreaterThan(0));
  expect(await waitingParcels()).toHaveLength(1);
  silent = false;
  await vi.waitFor(async () => expect(await waitingParcels()).toEqual([]), { timeout: 5_000 });
});

test('a server in trouble costs nothing, and one that refuses is not asked all the time', async () => {
  answer = () => 503;
  const parcel = someParcel();
  await keepParcel(parcel);
  carry();
  await vi.waitFor(() => expect(brought.length).toBeGreaterThan(0));
  expect((await waitingParcels())[0]?.refused).toBeUndefined();
  answer = () => ({ state: 'refused', reason: 'foreign' });
  await vi.waitFor(async () => expect((await waitingParcels())[0]?.refused).toBe('foreign'), { timeout: 5_000 });
  const before = brought.length;
  await keepParcel(someParcel());
  await vi.waitFor(() => expect(brought.length).toBe(before + 1), { timeout: 5_000 });
  expect((await waitingParcels()).find(({ refusedAt }) => refusedAt)?.parcel).toEqual(parcel);
});

test('news are fetched once the parcel has arrived, however often that takes, and the parcel is not brought again', async () => {
  const reply = someReply();
  let silent = true;
  answer = withNews;
  news = () => (silent ? 'silence' : reply);
  await keepParcel(someParcel());
  carry();
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(0));
  expect(await waitingParcels()).toMatchObject([{ reply: 'ABC123' }]);
  silent = false;
  await vi.waitFor(async () => expect(await waitingParcels()).toEqual([]), { timeout: 5_000 });
  expect(await carriedReplies()).toMatchObject([{ number: 'ABC123', reply }]);
  expect(brought).toHaveLength(1);
});

test('a parcel for which nothing comes back after all is done with', async () => {
  answer = withNews;
  await keepParcel(someParcel());
  carry();
  await vi.waitFor(async () => expect(await waitingParcels()).toEqual([]));
  expect(await carriedReplies()).toEqual([]);
});

test('a browser that saves data fetches news when somebody says so', async () => {
  const reply = someReply();
  answer = withNews;
  news = () => reply;
  await keepParcel(someParcel());
  carry(true);
  await vi.waitFor(async () => expect(await waitingParcels()).toMatchObject([{ reply: 'ABC123' }]));
  expect(asked).toEqual([]);
  const id = (await waitingParcels())[0]?.id ?? '';
  await wantReply(id);
  await vi.waitFor(async () => expect(await carriedReplies()).toMatchObject([{ id, reply }]), { timeout: 5_000 });
});

test('a spare of a living place rests, and goes when its time has come', async () => {
  const { store, slot } = await readyStore();
  await store.write(ownPost('cadangan'));
  await depositUnsent(store, slot, { spare: 300 });
  const began = Date.now();
  carry();
  await vi.waitFor(async () => expect(await waitingParcels()).toEqual([]), { timeout: 5_000 });
  expect(Date.now() - began).toBeGreaterThanOrEqual(250);
  expect(brought).toHaveLength(1);
});

test('what is no parcel is not kept', async () => {
  await expect(keepParcel(new TextEncoder().encode('halo'))).rejects.toBeInstanceOf(NoParcel);
  await expect(keepParcel(headOf(new Uint8Array(8)))).rejects.toMatchObject({ reason: 'damaged' });
});

test('unsent work is sealed once for a place: the newer parcel holds what the older one held', async () => {
  const { store, slot } = await readyStore();
  expect(await depositUnsent(store, slot)).toBeUndefined();
  const first = await store.write(ownPost('satu'));
  const number = await depositUnsent(store, slot);
  expect(number).toMatch(/^[0-9A-Z]{18}$/);
  const second = await store.write(ownPost('dua'));
  expect(await isDeposited(slot, [first.edit])).toBe(true);
  expect(await isDeposited(slot, [first.edit, second.edit])).toBe(false);
  expect(await depositUnsent(store, slot)).not.toBe(number);
  expect(await waitingParcels()).toHaveLength(1);
  expect(await isDeposited(slot, [first.edit, second.edit])).toBe(true);
  expect(await store.pending()).toHaveLength(2);
});

test('a parcel that is delivered while it is made is as good as one on the disk', async () => {
  const { store, slot } = await readyStore();
  await store.write(ownPost('cepat'));
  let asked = 0;
  const pending = async () => {
    asked += 1;
    if (asked > 1) for (const { id } of await waitingParcels()) await removeParcel(id);
    return store.pending();
  };
  expect(await depositUnsent({ ...store, pending }, slot)).toMatch(/^[0-9A-Z]{18}$/);
  expect(asked).toBe(2);
});

test('what was refused is not sealed, and a device that was never registered says that it cannot', async () => {
  const { store, slot } = await readyStore();
  const post = await store.write(ownPost('ditolak'));
  await store.refuse(post.edit, 'too-long');
  expect(await depositUnsent(store, slot)).toBeUndefined();
  const bare = await someStore();
  await bare.store.write(ownPost('halo'));
  await expect(depositUnsent(bare.store, bare.vault.slot.id)).rejects.toBeInstanceOf(CannotSeal);
});
