import { parseShared, type SharedDocument } from '$lib/domain/documents/index';
import type { DeliveredPost } from '$lib/domain/documents/post';
import { asideKeys, asideRow, hasAside } from './aside';
import { sameSeal } from './codec';
import { sharedCode } from './codes';
import type { Context } from './context';
import type { SharedRow } from './db';
import { packBounds, packRow, packsWithout, putPacks, rewrite } from './packs';
import { isWithin, packingOf } from './packing';
import { sharedContext } from './shared';
import { checkpointIn, forget, type Checkpoint } from './sources';
import type { AppliedBlock, PreparedBlock, SharedBlock } from './store-api';
import { SourceMoved } from './types';

/** When a document was received by the server's clock, ms; 0 for those that only say what is. */
function timeOf(doc: SharedDocument): number {
  if ('receivedAt' in doc) return Date.parse(doc.receivedAt);
  if (doc.type === 'event') return Date.parse(doc.startsAt);
  return doc.type === 'course' ? Date.parse(doc.publishedAt) : 0;
}

async function rowOf({ codec }: Context, s: string, doc: SharedDocument): Promise<SharedRow> {
  const id = await codec.sharedId(doc._id);
  const v = await codec.seal('shared', sharedContext(s, id), doc);
  const row = { s, id, t: sharedCode(doc), at: timeOf(doc), v };
  return 'post' in doc ? { ...row, p: doc.post } : row;
}

/** The last of the documents with one id: rows come in the order in which they were written. */
function lastOfEach(docs: SharedDocument[]): SharedDocument[] {
  return [...new Map(docs.map((doc) => [doc._id, doc])).values()];
}

type Block = Omit<SharedBlock, 'checkpoint'> & { checkpoint?: string };

const isPost = (doc: SharedDocument): doc is DeliveredPost => doc.type === 'post';

/** `Store.prepareShared`. What is answered may run again when the connection was lost. */
export async function prepareShared(
  context: Context,
  source: string,
  block: Block,
  after?: AppliedBlock
): Promise<PreparedBlock> {
  const { db, codec } = context;
  const s = await codec.blind('source', source);
  const parsed = block.docs.map((doc) => ({ doc, good: parseShared(doc) }));
  const deleted = new Set(block.deletedIds);
  const good = lastOfEach(parsed.flatMap(({ good }) => good ?? [])).filter(({ _id }) => !deleted.has(_id));
  const bad = parsed.filter(({ good }) => !good).map(({ doc }) => doc);
  const mark: Checkpoint = { source, checkpoint: block.checkpoint ?? '' };
  const standing = after ? after.mark : (await db.checkpoints.get(s))?.v;
  // The empty checkpoint counts as none.
  if (block.from && (block.from.checkpoint ?? '') !== ((await checkpointIn(context, s, standing)) ?? '')) {
    throw new SourceMoved('the source does not stand where the block begins');
  }
  const readable = [...good.map((doc) => doc._id), ...block.deletedIds];
  const before = block.reset ? undefined : after ? after.packed : await packBounds(context, s);
  const { packs: packed, singles, bounds } = packingOf(good.filter(isPost), before);
  const alone = [...good.filter((doc) => !isPost(doc)), ...singles];
  const moving = [...singles.map((post) => post._id), ...block.deletedIds].filter((id) => isWithin(before, id));
  // Not asked again after another block: the answer would wait until that one is on the disk.
  const asideBefore = after ? after.aside : await hasAside(context, source);
  // A pack can be changed only once it is there.
  if (moving.length) await after?.applied;
  const [rows, packs, changes, gone, aside, done, v] = await Promise.all([
    Promise.all(alone.map((doc) => rowOf(context, s, doc))),
    Promise.all(packed.map((posts) => packRow(context, s, posts))),
    packsWithout(context, s, moving),
    Promise.all(block.deletedIds.map(codec.sharedId)),
    Promise.all(bad.map((doc) => asideRow(context, source, doc))),
    asideBefore ? asideKeys(context, source, readable) : [],
    codec.seal('checkpoints', s, mark)
  ]);
  const apply = () =>
    db.transaction('rw', db.shared, db.packs, db.checkpoints, db.aside, async () => {
      const now = (await db.checkpoints.get(s))?.v;
      // It stands where the block ends when this runs again.
      if (block.checkpoint !== undefined && !sameSeal(now, standing) && !sameSeal(now, v)) {
        throw new SourceMoved('the block before was not applied, or another one was');
      }
      if (block.reset) await forget(context, s);
      await rewrite(db, changes);
      await putPacks(db, packs);
      if (rows.length > 0) await db.shared.bulkPut(rows);
      if (gone.length > 0) await db.shared.bulkDelete(gone.map((id): [string, string] => [s, id]));
      if (done.length > 0) await db.aside.bulkDelete(done);
      if (aside.length > 0) await db.aside.bulkPut(aside);
      if (block.checkpoint !== undefined) await db.checkpoints.put({ s, v });
    });
  return { mark: v, aside: asideBefore || bad.length > 0, packed: bounds, apply };
}

/** `Store.applyShared`; without a checkpoint for documents that had been set aside. */
export async function applyShared(context: Context, source: string, block: Block): Promise<void> {
  const { apply } = await prepareShared(context, source, block);
  await apply();
}
