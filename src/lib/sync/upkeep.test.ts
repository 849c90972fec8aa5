import { expect, test, vi } from 'vitest';
import { NoSpace } from '$lib/store/types';
import { post, someStore } from '$lib/store/testing/fixtures';
import { readAgain, trimChannels } from './upkeep';

const DAY = 86_400_000;
const NOW = Date.parse('2031-05-05T00:00:00.000Z');
const SOURCES = ['channel-nasional', 'catalogue', 'directory-dinas'];

const ids = async (store: Awaited<ReturnType<typeof someStore>>['store']) =>
  (await store.feedPage({ limit: 10 })).entries.map(({ id }) => id);

test('posts leave the device thirty days after the server received them', async () => {
  const { store } = await someStore();
  const [old, young] = [post(NOW - 31 * DAY), post(NOW - 29 * DAY)];
  await store.applyShared('channel-nasional', { docs: [old, young], deletedIds: [], checkpoint: 'k' });
  await trimChannels(store, SOURCES, NOW);
  expect(await ids(store)).toEqual([young._id]);
  expect(await store.checkpoint('channel-nasional')).toBe('k');
});

test('only channels are trimmed, and only once a day', async () => {
  const { store } = await someStore();
  const trim = vi.fn(store.trim);
  for (const now of [NOW, NOW + 1, NOW + DAY - 1, NOW + DAY]) await trimChannels({ ...store, trim }, SOURCES, now);
  expect(trim.mock.calls).toEqual([
    ['channel-nasional', NOW - 30 * DAY],
    ['channel-nasional', NOW - 29 * DAY]
  ]);
});

test('what was set aside is read again once by each build', async () => {
  const { store } = await someStore();
  const retryAside = vi.fn(store.retryAside);
  for (const build of ['1', '1', '2', '2']) await readAgain({ ...store, retryAside }, build);
  expect(retryAside).toHaveBeenCalledTimes(2);
});

test('upkeep that fails stops nothing and is done the next time', async () => {
  const { store } = await someStore();
  const full = () => Promise.reject(new NoSpace());
  await trimChannels({ ...store, trim: full }, SOURCES, NOW);
  await readAgain({ ...store, retryAside: full }, '1');
  const [trim, retryAside] = [vi.fn(store.trim), vi.fn(store.retryAside)];
  await trimChannels({ ...store, trim }, SOURCES, NOW);
  await readAgain({ ...store, retryAside }, '1');
  expect(trim).toHaveBeenCalledOnce();
  expect(retryAside).toHaveBeenCalledOnce();
});
