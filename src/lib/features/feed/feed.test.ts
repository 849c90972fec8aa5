import { ownPost, post, someStore, T0 } from '$lib/store/testing/fixtures';
import { expect, test, vi } from 'vitest';
import type { DeliveredPost } from '$lib/domain/documents/post';
import type { Store } from '$lib/store/types';
import { feedOf, type Feed } from './feed.svelte';
import { PAGE } from './read-part';

const CARD = 200;
const SCREEN = 700;

const fill = (store: Store, docs: DeliveredPost[]) =>
  store.applyShared('channel-nasional', { docs, deletedIds: [], checkpoint: '1' });

const some = (from: number, count: number, step = 1) =>
  Array.from({ length: count }, (_, i) => post(T0 + from + i * step));

/** A feed on a screen that draws what is in the window, every post equally high, and scrolls to where it is told. */
async function someFeed(docs: DeliveredPost[]) {
  const { store } = await someStore();
  await fill(store, docs);
  const feed = feedOf({ store });
  feed.resize(SCREEN);
  const ends = new Map<unknown, () => void>();
  const draw = (): void => {
    const near = feed.window.placed.map(({ part }) => part);
    for (const [part, end] of ends) {
      if (near.some((each) => each === part)) continue;
      end();
      ends.delete(part);
    }
    for (const part of near) if (!ends.has(part)) ends.set(part, feed.follow(part));
    feed.forget();
    for (const part of near) if (part.entries) part.height = part.entries.length * CARD;
  };
  const settle = (done: () => unknown): Promise<void> =>
    vi.waitFor(() => {
      draw();
      expect(done()).toBe(true);
    });
  const drawn = () => feed.window.placed.flatMap(({ part }) => part.entries ?? []);
  return { store, feed, settle, drawn };
}

const isRead = (feed: Feed) => () => feed.window.placed.every(({ part }) => part.entries);

test('scrolling to the end shows every post once, and never holds more than what is near the screen', async () => {
  const docs = some(0, 205);
  const { feed, settle, drawn } = await someFeed(docs);
  const order = new Set<string>();
  for (let y = 0; y <= docs.length * CARD; y += SCREEN) {
    feed.see(y, y);
    await settle(isRead(feed));
    expect(drawn().length).toBeLessThanOrEqual(3 * PAGE);
    for (const { id } of drawn()) order.add(id);
  }
  expect([...order]).toEqual(docs.map(({ _id }) => _id).reverse());
  expect(feed.parts.filter(({ entries }) => entries).length).toBeLessThanOrEqual(3);
  expect(feed.parts.reduce((sum, { count }) => sum + count, 0)).toBe(docs.length);
});

test('posts that arrive between those on the screen make new parts, without gaps or repeats', async () => {
  const old = some(0, 30, 1000);
  const { store, feed, settle, drawn } = await someFeed(old);
  feed.resize(100_000);
  await settle(() => drawn().length === 30);
  const late = some(5, 300, 97);
  for (let i = 0; i < late.length; i += 50) await fill(store, late.slice(i, i + 50));
  await settle(() => drawn().length === 330);
  const wanted = [...old, ...late].sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1));
  expect(drawn().map(({ at }) => at)).toEqual(wanted.map(({ receivedAt }) => Date.parse(receivedAt)));
  expect(new Set(drawn().map(({ id }) => id)).size).toBe(330);
  expect(Math.max(...feed.parts.map(({ count }) => count))).toBeLessThanOrEqual(2 * PAGE);
});

test('below the top newer posts wait and are counted, own ones do not, and at the top all are shown', async () => {
  const { store, feed, settle, drawn } = await someFeed(some(0, 30));
  await settle(isRead(feed));
  const shown = () => drawn().filter((entry) => feed.shows(entry)).length;
  feed.see(300, 300);
  const before = shown();
  const mine = await store.write(ownPost());
  await fill(store, some(100, 3));
  await settle(() => drawn().length === before + 4);
  expect(shown()).toBe(before + 1);
  expect(drawn()[0]?.id).toBe(mine._id);
  const counts: number[] = [];
  const end = feed.newer(feed.held ?? 0).subscribe(({ count }) => counts.push(count));
  await vi.waitFor(() => expect(counts.at(-1)).toBe(3));
  end();
  feed.see(0, 0);
  expect(shown()).toBe(before + 4);
});

test('a part with the focus stays in the document, and the parts between it and the screen do not', async () => {
  const { feed, settle } = await someFeed(some(0, 200));
  await settle(isRead(feed));
  feed.focused = feed.parts[0];
  for (let y = 0; y <= 120 * CARD; y += SCREEN) {
    feed.see(y, y);
    await settle(isRead(feed));
  }
  const [first, second] = feed.window.placed;
  expect(first?.part).toBe(feed.parts[0]);
  expect(second?.gap).toBeGreaterThan(PAGE * CARD);
  expect(second?.first).toBeGreaterThan(2 * PAGE);
});

test('what was just written stands above everything at once, and no reading that began before it takes it away', async () => {
  const { store, feed, settle, drawn } = await someFeed(some(0, 30));
  await settle(isRead(feed));
  const [top] = feed.parts;
  if (!top) throw new Error('a feed has a first part');
  const before = drawn().length;
  const { feedPage } = store;
  const written = Promise.withResolvers<void>();
  let hasRead = false;
  vi.spyOn(store, 'feedPage').mockImplementation(async (query) => {
    const page = await feedPage(query);
    if (query.before !== Infinity) return page;
    hasRead = true;
    await written.promise;
    return page;
  });
  await fill(store, some(100, 1));
  await vi.waitFor(() => expect(hasRead).toBe(true));
  const mine = await store.write(ownPost());
  feed.wrote(mine);
  expect(drawn()[0]).toMatchObject({ id: mine._id, own: { state: { kind: 'waiting' } } });

  const shown = vi.spyOn(top, 'show');
  written.resolve();
  await vi.waitFor(() => expect(drawn().length).toBe(before + 2));
  expect(new Set(shown.mock.calls.map(([entries]) => entries[0]?.id))).toEqual(new Set([mine._id]));

  await store.discard(mine._id);
  await settle(() => drawn().length === before + 1);
});

test('what was just written is not shown where the filter leaves it out', async () => {
  const { feed, settle, drawn } = await someFeed(some(0, 3));
  feed.filter('all', 'layanan');
  await settle(isRead(feed));
  feed.wrote(ownPost('Halo', 'nasional', 'cerita'));
  expect(drawn()).toEqual([]);
  feed.wrote(ownPost('Halo', 'nasional', 'layanan'));
  expect(drawn()).toHaveLength(1);
});
