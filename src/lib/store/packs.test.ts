import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DeliveredPost } from '$lib/domain/documents/post';
import { openDb } from './db';
import type { Store } from './index';
import type { AppliedBlock, SharedBlock } from './store-api';
import { ownPost, post, receiptOf, someStore, T0 } from './testing/fixtures';

const SOURCES = ['channel-nasional', 'channel-unit'] as const;
const MINUTE = 60_000;

/** A step of a history; numbers choose among what there is. */
interface Step {
  source: number;
  kind: 'older' | 'newer' | 'again' | 'late' | 'edit' | 'remove' | 'reset';
  count: number;
  /** Spread of the times of receipt around those in the ids, ms. */
  jitter: number;
  /** The next block is sealed while this one is written. */
  together: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  source: fc.nat(1),
  kind: fc.constantFrom('older', 'older', 'older', 'newer', 'newer', 'again', 'late', 'edit', 'remove', 'reset'),
  count: fc.integer({ min: 1, max: 70 }),
  jitter: fc.constantFrom(0, 2_500, 8 * MINUTE),
  together: fc.boolean()
});

/** A channel as it would be if nothing were ever packed. */
function channelOf(source: (typeof SOURCES)[number]) {
  const posts = new Map<string, DeliveredPost>();
  let [low, high] = [T0, T0];
  const make = (time: number, index: number, jitter: number): DeliveredPost => {
    const late = ((index * 7919) % 101) / 101;
    const receivedAt = new Date(time + Math.round(late * jitter)).toISOString();
    return { ...post(time, { channel: source.slice('channel-'.length) }), receivedAt };
  };
  const made: Record<Step['kind'], (one: Step) => Partial<SharedBlock> & { docs: DeliveredPost[] }> = {
    older: ({ count, jitter }) => ({ docs: Array.from({ length: count }, (_, i) => make((low -= 1_000), i, jitter)) }),
    newer: ({ count, jitter }) => ({ docs: Array.from({ length: count }, (_, i) => make((high += 1_000), i, jitter)) }),
    // The newest come once more, with what was written after them.
    again: (one) => ({
      docs: [
        ...[...posts.values()]
          .filter(({ _id }) => _id > post(high - 5_000)._id)
          .map((old) => ({ ...old, text: 'lagi' })),
        ...made.newer(one).docs
      ]
    }),
    late: ({ count }) => ({ docs: [make(low + Math.floor((high - low) / 2), count, (high - low) * 2)] }),
    edit: ({ count }) => ({ docs: some(count).map((old) => ({ ...old, text: `diubah ${count}` })) }),
    remove: ({ count }) => ({ docs: [], deletedIds: some(count).map(({ _id }) => _id) }),
    reset: ({ count, jitter }) => ({
      ...made.older({ source: 0, kind: 'older', count, jitter, together: false }),
      reset: true
    })
  };
  const some = (count: number): DeliveredPost[] => [...posts.values()].filter((_, i) => i % 9 === count % 9);
  return {
    posts,
    block(one: Step, checkpoint: string): SharedBlock {
      const { docs, deletedIds = [], reset = false } = made[one.kind](one);
      if (reset) posts.clear();
      for (const doc of docs) posts.set(doc._id, doc);
      for (const id of deletedIds) posts.delete(id);
      return { docs, deletedIds, checkpoint, ...(reset && { reset }) };
    }
  };
}

async function feedOf(store: Store, limit: number, channels?: string[]): Promise<[string, string][]> {
  const found: [string, string][] = [];
  let before: number | undefined = Infinity;
  while (before !== undefined) {
    const { entries, next }: Awaited<ReturnType<Store['feedPage']>> = await store.feedPage({ limit, before, channels });
    found.push(...entries.map(({ id, text }): [string, string] => [id, text]));
    before = next;
  }
  return found;
}

const newestFirst = (posts: Iterable<DeliveredPost>): [string, string][] =>
  [...posts]
    .sort((a, b) => Date.parse(b.receivedAt) - Date.parse(a.receivedAt) || (a._id < b._id ? 1 : -1))
    .map(({ _id, text }) => [_id, text]);

test('whatever is packed, changed and removed, the feed is what it would be with a row for each post', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.integer({ min: 3, max: 50 }), async (steps, limit) => {
      const { store, vault } = await someStore();
      const channels = SOURCES.map(channelOf);
      const last = new Map<string, AppliedBlock>();
      for (const [at, one] of steps.entries()) {
        const source = SOURCES[one.source] ?? SOURCES[0];
        const block = channels[one.source]?.block(one, String(at));
        if (!block) continue;
        const prepared = await store.prepareShared(source, block, last.get(source));
        const applied = prepared.apply();
        last.set(source, { ...prepared, applied });
        if (!one.together) await applied;
      }
      await Promise.all([...last.values()].map(({ applied }) => applied));
      const all = channels.flatMap(({ posts }) => [...posts.values()]);
      expect(await feedOf(store, limit)).toEqual(newestFirst(all));
      expect(await feedOf(store, limit, ['unit'])).toEqual(newestFirst(channels[1]?.posts.values() ?? []));
      for (const { _id, text } of all.slice(0, 5)) expect((await store.post(_id))?.text).toBe(text);
      const db = openDb(`smartasn-${vault.slot.id}`);
      const ids = [
        ...(await db.packs.toArray()).flatMap((pack) => pack.ids),
        ...(await db.shared.toArray()).map(({ id }) => id)
      ];
      db.close();
      expect(ids.sort()).toEqual(all.map(({ _id }) => _id).sort());
      store.close();
    }),
    { numRuns: 60 }
  );
});

const packsOn = async (id: string): Promise<string[][]> => {
  const db = openDb(`smartasn-${id}`);
  const packs = await db.packs.toArray();
  db.close();
  return packs.map((pack) => pack.ids);
};

test('a first visit takes a row for many posts, and what comes one by one a row each', async () => {
  const { store, vault } = await someStore();
  const docs = Array.from({ length: 100 }, (_, i) => post(T0 - i * 1_000));
  await store.applyShared(SOURCES[0], { docs, deletedIds: [], checkpoint: '1' });
  expect((await packsOn(vault.slot.id)).map((ids) => ids.length)).toEqual([32, 32, 32]);
  await store.applyShared(SOURCES[0], { docs: [post(T0 + 1_000)], deletedIds: [], checkpoint: '2' });
  expect(await packsOn(vault.slot.id)).toHaveLength(3);
  expect((await store.feedPage({ limit: 200 })).entries).toHaveLength(101);
});

test('a post that comes and goes in one block is not packed', async () => {
  const { store } = await someStore();
  const docs = Array.from({ length: 20 }, (_, i) => post(T0 - i * 1_000));
  const gone = docs[3]?._id ?? '';
  await store.applyShared(SOURCES[0], { docs, deletedIds: [gone], checkpoint: '1' });
  const { entries } = await store.feedPage({ limit: 50 });
  expect(entries.map(({ id }) => id)).toEqual(docs.map(({ _id }) => _id).filter((id) => id !== gone));
  expect(await store.post(gone)).toBeUndefined();
});

test('an own post that arrives in a pack is one entry with its own copy', async () => {
  const { store } = await someStore();
  const own = await store.write(ownPost('dari perangkat lain'));
  const at = Date.parse(own.createdAt);
  await store.applyOwn({ docs: [receiptOf(own, at)], deleted: [], checkpoint: '1' });
  const others = Array.from({ length: 20 }, (_, i) => post(at - 1_000 * (i + 1)));
  const docs = [{ ...post(at), _id: own._id, text: 'dari perangkat lain' }, ...others];
  await store.applyShared(SOURCES[0], { docs, deletedIds: [], checkpoint: '1' });
  const { entries } = await store.feedPage({ limit: 50 });
  expect(entries.filter(({ id }) => id === own._id)).toHaveLength(1);
  expect(entries).toHaveLength(21);
});

test('what left the window goes from the packs, and everything with its source', async () => {
  const { store, vault } = await someStore();
  const docs = Array.from({ length: 64 }, (_, i) => post(T0 - i * 1_000));
  await store.applyShared(SOURCES[0], { docs, deletedIds: [], checkpoint: '1' });
  for (const left of [40, 32, 30]) {
    await store.trim(SOURCES[0], T0 - (left - 1) * 1_000);
    expect((await store.feedPage({ limit: 99 })).entries).toHaveLength(left);
  }
  expect((await packsOn(vault.slot.id)).map((ids) => ids.length)).toEqual([30]);
  await store.dropSource(SOURCES[0]);
  expect(await packsOn(vault.slot.id)).toEqual([]);
});
