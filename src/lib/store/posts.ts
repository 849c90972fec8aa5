import { channelDatabase } from '$lib/domain/databases';
import type { DeliveredComment, OwnComment } from '$lib/domain/documents/comment';
import type { DeliveredPost, OwnPost } from '$lib/domain/documents/post';
import { currentText } from '$lib/domain/merge/text-register';
import type { Context } from './context';
import { UNDELIVERED } from './db';
import type { OwnEntry } from './own';
import { packsWith } from './packs';
import type { FeedEntry, ThreadEntry } from './store-api';

/**
 * Own copies whose shared copy is not on this device. The others are left out: they show where their shared copy
 * stands, so that one post is one entry.
 */
export async function withoutShared<T extends OwnPost | OwnComment>(
  context: Context,
  entries: OwnEntry<T>[]
): Promise<OwnEntry<T>[]> {
  if (entries.length === 0) return entries;
  const { db, codec } = context;
  const keys = await Promise.all(
    entries.map(async ({ doc }): Promise<[string, string]> => [
      await codec.blind('source', channelDatabase(doc.channel)),
      doc._id
    ])
  );
  const [rows, packed] = await db.transaction('r', db.shared, db.packs, () =>
    Promise.all([db.shared.bulkGet(keys), Promise.all(keys.map(([s, id]) => packsWith(context, s, [id])))])
  );
  return entries.filter((_, i) => !rows[i] && !packed[i]?.length);
}

/** Server's time where there is one, else the time of writing. */
const ownTime = ({ row, doc }: OwnEntry): number => (row.at === UNDELIVERED ? Date.parse(doc.createdAt) : row.at);

/** An own post that stands in the feed by itself. */
export const ownPostEntry = (entry: OwnEntry<OwnPost>): FeedEntry => ({
  id: entry.doc._id,
  channel: entry.doc.channel,
  topic: entry.doc.topic,
  text: currentText(entry.doc.body),
  at: ownTime(entry),
  own: { doc: entry.doc, state: entry.state }
});

/** A post of a channel, with the own copy when the person wrote it. */
export const postEntry = (doc: DeliveredPost, own?: OwnEntry<OwnPost>): FeedEntry => ({
  id: doc._id,
  channel: doc.channel,
  topic: own?.doc.topic ?? doc.topic,
  text: own ? currentText(own.doc.body) : doc.text,
  at: Date.parse(doc.receivedAt),
  by: doc.by,
  ...(doc.editedAt && { editedAt: doc.editedAt }),
  ...(own && { own: { doc: own.doc, state: own.state } })
});

/** An own comment that stands in a thread by itself. */
export const ownCommentEntry = (entry: OwnEntry<OwnComment>): ThreadEntry => ({
  id: entry.doc._id,
  post: entry.doc.post,
  text: currentText(entry.doc.body),
  at: ownTime(entry),
  own: { doc: entry.doc, state: entry.state }
});

/** A comment of a channel, with the own copy when the person wrote it. */
export const commentEntry = (doc: DeliveredComment, own?: OwnEntry<OwnComment>): ThreadEntry => ({
  id: doc._id,
  post: doc.post,
  text: own ? currentText(own.doc.body) : doc.text,
  at: Date.parse(doc.receivedAt),
  by: doc.by,
  ...(own && { own: { doc: own.doc, state: own.state } })
});
