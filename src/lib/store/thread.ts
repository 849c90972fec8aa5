import type { DeliveredComment, OwnComment } from '$lib/domain/documents/comment';
import { CODE } from './codes';
import type { Context } from './context';
import { UNDELIVERED } from './db';
import { readOwn, type OwnEntry } from './own';
import { commentEntry, ownCommentEntry, withoutShared } from './posts';
import { openShared } from './shared';
import type { ThreadEntry } from './store-api';

const commentsOn = ({ db }: Context, post: string) =>
  db.shared.where('[p+t+at]').between([post, CODE.comment, -Infinity], [post, CODE.comment, Infinity], true, true);

/** Own comments on the given posts. */
async function ownComments(context: Context, postIds: string[]): Promise<OwnEntry<OwnComment>[]> {
  const { db, codec } = context;
  const parents = await Promise.all(postIds.map((id) => codec.blind('parent', id)));
  const rows = db.own
    .where('p')
    .anyOf(parents)
    .and((row) => row.t === CODE.comment);
  return readOwn<OwnComment>(context, () => rows.toArray());
}

/** `Store.thread`. */
export async function thread(context: Context, postId: string): Promise<ThreadEntry[]> {
  const rows = await commentsOn(context, postId).toArray();
  const own = await ownComments(context, [postId]);
  const alone = await withoutShared(context, own);
  const docs = await Promise.all(rows.map((row) => openShared<DeliveredComment>(context, row)));
  const copies = new Map(own.map((entry) => [entry.doc._id, entry]));
  const place = new Map(alone.map((entry) => [entry.doc._id, entry.row.at === UNDELIVERED ? UNDELIVERED : 0]));
  const entries = [...docs.map((doc) => commentEntry(doc, copies.get(doc._id))), ...alone.map(ownCommentEntry)];
  const late = (entry: ThreadEntry): number => place.get(entry.id) ?? 0;
  return entries.sort((a, b) => late(a) - late(b) || a.at - b.at || (a.id < b.id ? -1 : 1));
}

/** `Store.commentCounts`: shared comments are counted in the index; only own ones are opened. */
export async function commentCounts(context: Context, postIds: string[]): Promise<Map<string, number>> {
  const { db } = context;
  const counts = await db.transaction('r', db.shared, () =>
    Promise.all(postIds.map((id) => commentsOn(context, id).count()))
  );
  const alone = await withoutShared(context, await ownComments(context, postIds));
  return new Map(
    postIds.map((id, i) => [id, (counts[i] ?? 0) + alone.filter((entry) => entry.doc.post === id).length])
  );
}
