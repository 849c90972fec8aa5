import {
  isOwnType,
  mergeOwn,
  parseInbox,
  parseOwn,
  type InboxDocument,
  type OwnDocument
} from '$lib/domain/documents/index';
import { asideRow, obsolete } from './aside';
import { CODE } from './codes';
import { sameSeal } from './codec';
import type { Context } from './context';
import { UNDELIVERED, type InboxRow, type OwnRow } from './db';
import { inboxKey } from './inbox';
import { OWN_SOURCE, type Checkpoint } from './sources';
import type { OwnBlock } from './store-api';
import { ownIndex } from './write';

/** Revisions and other bookkeeping of the own database stay there. */
function withoutRevision(doc: unknown): unknown {
  if (typeof doc !== 'object' || doc === null) return doc;
  return Object.fromEntries(Object.entries(doc).filter(([name]) => name === '_id' || !name.startsWith('_')));
}

/** Whether two documents that came out of merging are one: merging always puts fields in the same order. */
const same = (a: OwnDocument, b: OwnDocument): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A row to write in place of the one it was made from. */
interface Change {
  id: string;
  before?: OwnRow;
  after?: OwnRow;
}

/**
 * Merges a document into the screens' copy. Merging only ever adds, so neither an older version that arrives late nor a
 * local edit that still waits can lose anything; a local removal that still waits is not undone.
 */
async function mergeIn(context: Context, doc: OwnDocument): Promise<Change> {
  const { db, codec } = context;
  const index = await ownIndex(context, doc);
  const [before, waiting] = await db.transaction('r', db.own, db.outbox, () =>
    Promise.all([db.own.get(index.id), db.outbox.where('id').equals(index.id).count()])
  );
  if (!before && waiting > 0) return { id: index.id };
  const old = before && (await codec.open<OwnDocument>('own', index.id, before.v));
  const next = old ? mergeOwn(old, doc) : doc;
  const isTheirs = !old || same(next, mergeOwn(doc, doc));
  if (old && same(next, mergeOwn(old, old)) && !(isTheirs && before.m)) return { id: index.id };
  const v = await codec.seal('own', index.id, next);
  const row = { ...index, at: before?.at ?? UNDELIVERED, v };
  return { id: index.id, before, after: isTheirs ? row : { ...row, m: 1 } };
}

/** Writes the changes whose rows are still what they were made from; returns the others. */
async function put({ db }: Context, changes: Change[]): Promise<string[]> {
  const stale: string[] = [];
  const now = await db.own.bulkGet(changes.map(({ id }) => id));
  const waiting = new Set(
    await db.outbox
      .where('id')
      .anyOf(changes.map(({ id }) => id))
      .keys()
  );
  for (const [i, { id, before, after }] of changes.entries()) {
    if (!after) continue;
    const isStale = !sameSeal(now[i]?.v, before?.v) || (!before && waiting.has(id));
    if (isStale) stale.push(id);
    else await db.own.put({ ...after, at: now[i]?.at ?? after.at });
  }
  return stale;
}

/**
 * A server that lost its past writes receipts beside those that devices kept of it: of several with one id the newest
 * by the server's clock speaks.
 */
function newestOfEach(docs: InboxDocument[]): InboxDocument[] {
  const oldestFirst = [...docs].sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt));
  return [...new Map(oldestFirst.map((doc) => [doc._id, doc])).values()];
}

async function inboxRow(context: Context, doc: InboxDocument): Promise<InboxRow> {
  const id = await inboxKey(context, doc._id);
  const isRefusal = doc.type === 'receipt' && doc.status === 'refused';
  const v = await context.codec.seal('inbox', id, doc);
  return { id, t: isRefusal ? CODE.refusal : CODE[doc.type], v };
}

/** Gives own rows the place in the feed that their first receipt names. */
async function setTimes({ db }: Context, times: Map<string, number>): Promise<void> {
  const rows = await db.own.bulkGet([...times.keys()]);
  for (const row of rows) {
    const at = row?.at === UNDELIVERED ? times.get(row.id) : undefined;
    if (row && at) await db.own.put({ ...row, at });
  }
}

/** `Store.applyOwn`. */
export async function applyOwn(context: Context, block: OwnBlock): Promise<void> {
  const { db, codec } = context;
  const deleted = new Set(block.deleted);
  const parsed = block.docs.map(withoutRevision).map((doc) => {
    const isOwn = isOwnType((doc as { type?: unknown } | null)?.type);
    return { doc, own: isOwn ? parseOwn(doc) : undefined, inbox: isOwn ? undefined : parseInbox(doc) };
  });
  const keep = ({ _id }: { _id: string }): boolean => !deleted.has(_id);
  let own = parsed.flatMap((one) => one.own ?? []).filter(keep);
  const inbox = newestOfEach(parsed.flatMap((one) => one.inbox ?? []).filter(keep));
  const bad = parsed.filter((one) => !one.own && !one.inbox).map((one) => one.doc);

  const [received, aside, done, goneOwn, goneInbox, source] = await Promise.all([
    Promise.all(inbox.map((doc) => inboxRow(context, doc))),
    Promise.all(bad.map((doc) => asideRow(context, OWN_SOURCE, doc))),
    obsolete(context, OWN_SOURCE, [...own.map((doc) => doc._id), ...inbox.map((doc) => doc._id), ...deleted]),
    Promise.all(block.deleted.map((id) => codec.blind('doc', id))),
    Promise.all(block.deleted.map((id) => inboxKey(context, id))),
    codec.blind('source', OWN_SOURCE)
  ]);
  const delivered = inbox.filter((doc) => doc.type === 'receipt' && doc.status === 'delivered');
  const times = new Map(
    await Promise.all(
      delivered.map(async (doc): Promise<[string, number]> => [
        await codec.blind('doc', doc._id.slice('receipt:'.length)),
        Date.parse(doc.type === 'receipt' ? doc.at : doc.createdAt)
      ])
    )
  );
  const mark: Checkpoint = { source: OWN_SOURCE, checkpoint: block.checkpoint ?? '' };
  const checkpoint = block.checkpoint === undefined ? undefined : await codec.seal('checkpoints', source, mark);

  for (let isLast = false; !isLast;) {
    const changes: Change[] = [];
    for (const doc of own) changes.push(await mergeIn(context, doc));
    isLast = await db.transaction('rw', [db.own, db.outbox, db.inbox, db.aside, db.checkpoints], async () => {
      const stale = new Set(await put(context, changes));
      own = own.filter((_, i) => stale.has(changes[i]?.id ?? ''));
      if (own.length > 0) return false;
      const waiting = new Set(await db.outbox.where('id').anyOf(goneOwn).keys());
      await db.own.bulkDelete(goneOwn.filter((id) => !waiting.has(id)));
      await db.inbox.bulkDelete(goneInbox);
      await db.inbox.bulkPut(received);
      await setTimes(context, times);
      await db.aside.bulkDelete(done);
      await db.aside.bulkPut(aside);
      if (checkpoint) await db.checkpoints.put({ s: source, v: checkpoint });
      return true;
    });
  }
}
