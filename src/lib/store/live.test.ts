import { ownPost, post, someStore, T0 } from './testing/fixtures';
import { expect, test, vi } from 'vitest';

test('a live feed runs again after every kind of change, although it waits for cryptography between its reads', async () => {
  const { store } = await someStore();
  const seen: number[] = [];
  const end = store.live(() => store.feedPage({ limit: 10 })).subscribe(({ entries }) => seen.push(entries.length));
  await vi.waitFor(() => expect(seen).toEqual([0]));

  await store.write(ownPost());
  await vi.waitFor(() => expect(seen.at(-1)).toBe(1));

  await store.applyShared('channel-nasional', { docs: [post(T0)], deletedIds: [], checkpoint: '1' });
  await vi.waitFor(() => expect(seen.at(-1)).toBe(2));

  const runs = seen.length;
  await store.setSecret('unrelated', 'x');
  end();
  await store.write(ownPost());
  expect(seen.length).toBe(runs);
});

test('a live query follows what it reads last, after opening what it read first', async () => {
  const { store } = await someStore();
  const mine = await store.write(ownPost());
  const states: string[] = [];
  store
    .live(async () => {
      const [item] = await store.ownItems('post');
      return { item, count: (await store.counts()).waiting, text: await store.setting<string>('x') };
    })
    .subscribe(({ item, count, text }) => states.push(`${item?.state.kind} ${count} ${text}`));
  await vi.waitFor(() => expect(states).toEqual(['waiting 1 undefined']));
  await store.setSetting('x', 'last');
  await vi.waitFor(() => expect(states.at(-1)).toBe('waiting 1 last'));
  await store.acknowledge([mine.edit]);
  await vi.waitFor(() => expect(states.at(-1)).toBe('sent 0 last'));
});

test('live queries end when the vault is locked', async () => {
  const { store, vault } = await someStore();
  const next = vi.fn();
  const failed = vi.fn();
  store.live(() => store.pending()).subscribe(next, failed);
  await vi.waitFor(() => expect(next).toHaveBeenCalledTimes(1));
  vault.lock();
  expect(failed).not.toHaveBeenCalled();
});
