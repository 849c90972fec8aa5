import { mergeOwn, type OwnDocument } from '$lib/domain/documents/index';
import { CODE } from './codes';
import { sameSeal } from './codec';
import type { Context } from './context';
import { UNDELIVERED, type OutboxRow, type OwnRow } from './db';
import { isTooLong } from '$lib/domain/documents/limits';
import { newEdit } from '$lib/domain/ids';
import { TooLong, type OutboxEntry } from './types';

type Sent = Pick<OutboxEntry, 'doc' | 'refused'>;

/** The post that a comment or reaction belongs to. */
const parentOf = (doc: OwnDocument): string | undefined => ('post' in doc ? doc.post : undefined);

/** The row of an own document without its value. */
export async function ownIndex({ codec }: Context, doc: OwnDocument) {
  const parent = parentOf(doc);
  const [id, p] = await Promise.all([codec.blind('doc', doc._id), parent && codec.blind('parent', parent)]);
  return { id, t: CODE[doc.type], ...(p && { p }) };
}

/**
 * What is stored when `doc` is written over `old`: nothing new (undefined), or both merged under an edit that no other
 * version of the document has. The person's hand on this device is the newest by definition, whatever the clocks say.
 */
function settle<T extends OwnDocument>(old: T, doc: T): T | undefined {
  if (doc.edit > old.edit) return mergeOwn(old, doc);
  const isSame = JSON.stringify(mergeOwn(old, doc)) === JSON.stringify(mergeOwn(old, old));
  if (doc.edit === old.edit && isSame) return undefined;
  return mergeOwn(old, { ...doc, edit: newEdit(old.edit) });
}

/** Puts an edit in place of the document's older one, or at the end. */
const enqueue = ({ db }: Context, older: OutboxRow | undefined, row: Omit<OutboxRow, 'n'>) =>
  db.outbox.put(older ? { ...row, n: older.n } : row);

/** What the tables hold of a document: its row, and the edit that waits, which may be a removal. */
interface Present {
  own: OwnRow | undefined;
  edit: OutboxRow | undefined;
}

async function present({ db }: Context, id: string): Promise<Present> {
  const [own, edit] = await Promise.all([db.own.get(id), db.outbox.where('id').equals(id).first()]);
  return { own, edit };
}

/**
 * `Store.write`. Takes the document for a new one, so that one transaction is all that a new one waits for, and repeats
 * itself with what that transaction finds: an older version, or what another tab wrote meanwhile.
 */
export async function write<T extends OwnDocument>(context: Context, given: T): Promise<T> {
  const { db, codec } = context;
  if (isTooLong(given)) throw new TooLong('the document is too long');
  const index = await ownIndex(context, given);
  let before: Present = { own: undefined, edit: undefined };
  for (;;) {
    const old = before.own && (await codec.open<T>('own', index.id, before.own.v));
    // Written after a removal in another tab: the newer of the two wins, and this is the newer.
    const isLate = !old && before.edit && before.edit.edit >= given.edit;
    const doc = isLate ? { ...given, edit: newEdit(before.edit?.edit) } : given;
    const next = old ? settle(old, doc) : doc;
    if (!next) return old ?? doc;
    const sent: Sent = { doc: next };
    const [own, edit] = await Promise.all([codec.seal('own', index.id, next), codec.seal('outbox', next.edit, sent)]);
    const changed = await db.transaction('rw', db.own, db.outbox, async () => {
      const now = await present(context, index.id);
      if (!sameSeal(now.own?.v, before.own?.v) || (!old && !sameSeal(now.edit?.v, before.edit?.v))) return now;
      await Promise.all([
        db.own.put({ ...index, at: now.own?.at ?? UNDELIVERED, v: own }),
        enqueue(context, now.edit, { edit: next.edit, id: index.id, at: Date.now(), r: 0, v: edit })
      ]);
      return undefined;
    });
    if (!changed) return next;
    before = changed;
  }
}

/** `Store.discard`. The removal is a newer edit than the one it removes, so that it wins on the other devices as well. */
export async function discard(context: Context, id: string): Promise<void> {
  const { db, codec } = context;
  const key = await codec.blind('doc', id);
  for (;;) {
    const before = await db.own.get(key);
    if (!before) return;
    const edit = newEdit((await codec.open<OwnDocument>('own', key, before.v)).edit);
    const sent: Sent = { doc: { _id: id, deleted: true, edit } };
    const v = await codec.seal('outbox', edit, sent);
    const done = await db.transaction('rw', db.own, db.outbox, async () => {
      const now = await present(context, key);
      if (now.own && !sameSeal(now.own.v, before.v)) return false;
      if (now.own) {
        await db.own.delete(key);
        await enqueue(context, now.edit, { edit, id: key, at: Date.now(), r: 0, v });
      }
      return true;
    });
    if (done) return;
  }
}
