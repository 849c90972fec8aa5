import { edited, ownPost, post, receiptOf, someStore, someVault, T0 } from './testing/fixtures';
import { expect, test } from 'vitest';
import { openStore, type FeedQuery, type Store } from './index';
import type { DeliveredPost, OwnPost } from '$lib/domain/documents/post';

const fill = (store: Store, channel: string, docs: DeliveredPost[]) =>
  store.applyShared(`channel-${channel}`, { docs, deletedIds: [], checkpoint: '1' });

/** All pages of a query, as ids. */
async function pages(store: Store, query: FeedQuery): Promise<string[][]> {
  const found: string[][] = [];
  for (let before = query.before; ;) {
    const page = await store.feedPage({ ...query, before });
    found.push(page.entries.map(({ id }) => id));
    if (page.next === undefined) return found;
    before = page.next;
  }
}

/** What the server makes of an own post. */
const deliveredCopy = (doc: OwnPost, at: number): DeliveredPost =>
  post(at, { _id: doc._id, channel: doc.channel, topic: doc.topic, text: doc.body.versions[0]?.text ?? '' });

test('newest first by the time of the server, in pages without gaps or repeats', async () => {
  const { store } = await someStore();
  const docs = Array.from({ length: 25 }, (_, i) => post(T0 + i));
  await fill(store, 'nasional', docs.toReversed());
  const found = await pages(store, { limit: 10 });
  expect(found.map((ids) => ids.length).slice(0, 3)).toEqual([10, 10, 5]);
  expect(found.flat()).toEqual(docs.map(({ _id }) => _id).reverse());
});

test('posts of one millisecond stay on one page', async () => {
  const { store } = await someStore();
  const docs = Array.from({ length: 12 }, (_, i) => post(T0 + Math.floor(i / 4)));
  await fill(store, 'nasional', docs);
  const found = await pages(store, { limit: 3 });
  expect(new Set(found.flat()).size).toBe(12);
  expect(found.flat()).toHaveLength(12);
});

test('a page that ends at a time holds what was received since then, and knows when that is all', async () => {
  const { store } = await someStore();
  await fill(
    store,
    'nasional',
    Array.from({ length: 10 }, (_, i) => post(T0 + i))
  );
  const mine = await store.write(ownPost());
  const times = async (query: FeedQuery) => {
    const { entries, next } = await store.feedPage(query);
    return { times: entries.map(({ id, at }) => (id === mine._id ? 'mine' : at - T0)), next };
  };
  expect(await times({ from: T0 + 7, limit: 9 })).toEqual({ times: ['mine', 9, 8, 7] });
  expect(await times({ from: T0 + 3, before: T0 + 6, limit: 9 })).toEqual({ times: [5, 4, 3] });
  expect(await times({ from: T0 + 3, before: T0 + 6, limit: 2 })).toEqual({ times: [5, 4], next: T0 + 4 });
});

test('several channels are merged by time, and topics are filtered over page borders', async () => {
  const { store } = await someStore();
  const docs = Array.from({ length: 60 }, (_, i) =>
    post(T0 + i, { channel: ['a', 'b', 'c'][i % 3], topic: i % 7 === 0 ? 'kesehatan' : 'berita' })
  );
  for (const channel of ['a', 'b', 'c'])
    await fill(
      store,
      channel,
      docs.filter((doc) => doc.channel === channel)
    );
  const wanted = (fits: (doc: DeliveredPost) => boolean) =>
    docs
      .filter(fits)
      .map(({ _id }) => _id)
      .reverse();
  expect((await pages(store, { channels: ['a', 'c'], limit: 7 })).flat()).toEqual(wanted((doc) => doc.channel !== 'b'));
  expect((await pages(store, { topic: 'kesehatan', limit: 2 })).flat()).toEqual(
    wanted((doc) => doc.topic === 'kesehatan')
  );
  expect((await pages(store, { channels: ['b'], topic: 'kesehatan', limit: 2 })).flat()).toEqual(
    wanted((doc) => doc.channel === 'b' && doc.topic === 'kesehatan')
  );
  expect(await store.feedPage({ channels: [], limit: 5 })).toEqual({ entries: [] });
});

test('an own post stands on top until it is delivered, then at the time of the server, always once', async () => {
  const { store } = await someStore();
  await fill(store, 'nasional', [post(T0), post(T0 + 20)]);
  const mine = await store.write(ownPost('dari Wamena'));
  const place = async () => (await store.feedPage({ limit: 9 })).entries.map(({ id }) => id === mine._id);
  const state = async () => (await store.post(mine._id))?.own?.state.kind;

  expect([await place(), await state()]).toEqual([[true, false, false], 'waiting']);
  await store.acknowledge([mine.edit]);
  expect([await place(), await state()]).toEqual([[true, false, false], 'sent']);
  await store.applyOwn({ docs: [receiptOf(mine, T0 + 10)], deleted: [] });
  expect([await place(), await state()]).toEqual([[false, true, false], 'delivered']);
  await fill(store, 'nasional', [deliveredCopy(mine, T0 + 9)]);
  expect([await place(), await state()]).toEqual([[false, true, false], 'delivered']);
  expect((await pages(store, { limit: 1 })).flat()).toHaveLength(3);
  expect(await store.post(mine._id)).toMatchObject({ at: T0 + 9, by: {}, text: 'dari Wamena' });
});

test('a shared copy that arrives before the receipt takes the place of the own one', async () => {
  const { store } = await someStore();
  const mine = await store.write(ownPost());
  await fill(store, 'nasional', [post(T0 + 20), deliveredCopy(mine, T0 + 9)]);
  const { entries } = await store.feedPage({ limit: 9 });
  expect(entries.map(({ id, own }) => [id === mine._id, own?.state.kind])).toEqual([
    [false, undefined],
    [true, 'waiting']
  ]);
});

test('an edited own post shows what its author wrote last, in its place', async () => {
  const { store } = await someStore();
  const mine = await store.write(ownPost('lama'));
  await store.acknowledge([mine.edit]);
  await store.applyOwn({ docs: [receiptOf(mine, T0 + 9)], deleted: [] });
  await fill(store, 'nasional', [deliveredCopy(mine, T0 + 9), post(T0 + 20)]);
  await store.write(edited(mine, 'baru'));
  const [, entry] = (await store.feedPage({ limit: 9 })).entries;
  expect(entry).toMatchObject({ text: 'baru', own: { state: { kind: 'waiting' } } });
});

test('own posts follow the filters', async () => {
  const { store } = await someStore();
  await store.write(ownPost('x', 'nasional', 'cerita'));
  const count = async (query: Partial<FeedQuery>) => (await store.feedPage({ limit: 9, ...query })).entries.length;
  expect([await count({ channels: ['nasional'] }), await count({ channels: ['unit'] })]).toEqual([1, 0]);
  expect([await count({ topic: 'cerita' }), await count({ topic: 'berita' })]).toEqual([1, 0]);
});

test('a post is found by its id in whatever channel it is', async () => {
  const { store } = await someStore();
  const doc = post(T0, { channel: 'unit', editedAt: '2026-03-02T00:00:00.000Z' });
  await fill(store, 'nasional', [post(T0)]);
  await fill(store, 'unit', [doc]);
  expect(await store.post(doc._id)).toEqual({
    id: doc._id,
    channel: 'unit',
    topic: 'berita',
    text: doc.text,
    at: T0,
    by: doc.by,
    editedAt: doc.editedAt
  });
  expect(await store.post('post:none')).toBeUndefined();
});

test('a post that is delivered while its page is read is one entry', async () => {
  const vault = await someVault();
  const other = await openStore(vault);
  const mine = await other.write(ownPost());
  let deliver: (() => Promise<void>) | undefined = () =>
    other.applyOwn({ docs: [receiptOf(mine, Date.parse(mine.createdAt))], deleted: [], checkpoint: '1' });
  const store = await openStore({
    ...vault,
    async unseal(...sealed) {
      const first = deliver;
      deliver = undefined;
      await first?.();
      return vault.unseal(...sealed);
    }
  });
  expect((await store.feedPage({ limit: 9 })).entries.map(({ id }) => id)).toEqual([mine._id]);
  expect(deliver).toBeUndefined();
});
