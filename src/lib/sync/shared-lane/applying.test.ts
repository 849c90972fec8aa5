import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PreparedBlock, SharedBlock } from '$lib/store/store-api';
import { createApplying, joined } from './applying';

const ids = fc.constantFrom('post:1', 'post:2', 'post:3', 'post:4');
const block: fc.Arbitrary<SharedBlock> = fc
  .record({
    changes: fc.uniqueArray(fc.tuple(ids, fc.option(fc.nat(9))), { selector: ([id]) => id, maxLength: 4 }),
    checkpoint: fc.string(),
    reset: fc.boolean()
  })
  .map(({ changes, checkpoint, reset }) => ({
    docs: changes.flatMap(([_id, text]) => (text === null ? [] : [{ _id, text }])),
    deletedIds: changes.flatMap(([id, text]) => (text === null ? [id] : [])),
    checkpoint,
    ...(reset && { reset })
  }));

/** What a device holds after these blocks. */
function after(blocks: SharedBlock[]) {
  const docs = new Map<string, unknown>();
  let checkpoint = '';
  for (const each of blocks) {
    if (each.reset) docs.clear();
    for (const doc of each.docs) docs.set((doc as { _id: string })._id, doc);
    for (const id of each.deletedIds) docs.delete(id);
    checkpoint = each.checkpoint;
  }
  return { docs: Object.fromEntries([...docs].toSorted()), checkpoint };
}

test('a joined block does what its blocks do one after the other', () => {
  fc.assert(
    fc.property(fc.array(block), block, block, (before, first, second) => {
      expect(after([...before, joined(first, second)])).toEqual(after([...before, first, second]));
    })
  );
});

test('whatever the disk takes, each source ends where its last block says, and its blocks are handed over in order', async () => {
  const taken = fc.array(fc.tuple(fc.constantFrom('a', 'b'), block), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), taken, async (scheduler, blocks) => {
      const applied: [string, SharedBlock][] = [];
      const last = new Map<string, PreparedBlock>();
      const applying = createApplying(async (source, each, after) => {
        expect(after?.mark).toBe(last.get(source)?.mark);
        await scheduler.schedule(Promise.resolve());
        const prepared = {
          mark: new Uint8Array(),
          aside: false,
          packed: undefined,
          async apply() {
            applied.push([source, each]);
            await scheduler.schedule(Promise.resolve());
          }
        };
        last.set(source, prepared);
        return prepared;
      });
      const all = (async () => {
        for (const [source, each] of blocks) {
          await applying.take(source, each);
        }
        await applying.end();
      })();
      await scheduler.waitFor(all);
      for (const name of ['a', 'b']) {
        const of = (list: [string, SharedBlock][]) =>
          after(list.filter(([source]) => source === name).map(([, each]) => each));
        expect(of(applied)).toEqual(of(blocks));
      }
    }),
    { numRuns: 50 }
  );
});

test('a full disk is told once to who takes the next block, and nothing is handed over after it', async () => {
  const applied: string[] = [];
  const applying = createApplying(async (source) => ({
    mark: new Uint8Array(),
    aside: false,
    packed: undefined,
    async apply() {
      if (source === 'b') throw new Error('full');
      applied.push(source);
    }
  }));
  const some = (n: number): SharedBlock => ({ docs: [{ _id: `post:${n}` }], deletedIds: [], checkpoint: String(n) });
  for (const [at, source] of ['a', 'b', 'b', 'b'].entries()) await applying.take(source, some(at));
  await expect(applying.end()).rejects.toThrow('full');
  await expect(applying.take('d', some(4))).rejects.toThrow('full');
  expect(applied).toEqual(['a']);
});
