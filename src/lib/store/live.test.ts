import { ownPost, post, someStore, T0 } from './testing/fixtures';
import { expect, test, vi } from 'vitest';
import { openDb } from './db';
import { createLive } from './live';

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

/** A live query over a database of its own, with the number of times that it ran. */
async function someLive(rest: number) {
  const db = openDb(crypto.randomUUID());
  await db.open();
  const made = createLive(rest);
  const seen: number[] = [];
  let runs = 0;
  made
    .live(async () => {
      runs += 1;
      return db.shared.count();
    })
    .subscribe((count) => seen.push(count));
  await vi.waitFor(() => expect(seen).toEqual([0]));
  const add = async (id: string): Promise<unknown> => db.shared.put({ s: 's', id, t: 1, at: 1, v: new Uint8Array(1) });
  return { ...made, seen, add, runs: () => runs };
}

test('while changes pour in, a live query rests between its runs and ends with what is true', async () => {
  const REST = 40;
  const { seen, add, runs, endAll } = await someLive(REST);
  const started = performance.now();
  for (let i = 0; i < 60; i += 1) await add(`${i}`);
  await vi.waitFor(() => expect(seen.at(-1)).toBe(60));
  expect(runs()).toBeLessThanOrEqual(2 + (performance.now() - started) / REST);
  expect(runs()).toBe(seen.length);
  endAll();
});

test('an own write is shown at once, also in the middle of a rest', async () => {
  const { seen, add, hurry, endAll } = await someLive(3_600_000);
  await add('a');
  hurry();
  await vi.waitFor(() => expect(seen).toEqual([0, 1]));
  await add('b');
  hurry();
  await vi.waitFor(() => expect(seen).toEqual([0, 1, 2]));
  endAll();
});

test('a live query that changes overtake while it runs still answers, and is not ended by them', async () => {
  const { store } = await someStore();
  const seen: number[] = [];
  const slow = async (): Promise<number> => {
    const { entries } = await store.feedPage({ limit: 1000 });
    await store.feedPage({ limit: 1000 });
    return entries.length;
  };
  const end = store.live(slow).subscribe((count) => seen.push(count));
  for (let i = 0; i < 30; i += 1)
    await store.applyShared('channel-nasional', { docs: [post(T0 + i)], deletedIds: [], checkpoint: '1' });
  expect(seen.length).toBeGreaterThan(0);
  await vi.waitFor(() => expect(seen.at(-1)).toBe(30));
  end();
});
