import { isDeepStrictEqual } from 'node:util';
import type { DeliveredComment, OwnComment } from '../../src/lib/domain/documents/comment.ts';
import type { DeliveredPost, OwnPost } from '../../src/lib/domain/documents/post.ts';
import {
  DEFAULT_VISIBILITY,
  SELF_FIELDS,
  SHAREABLE_RECORD_FIELDS,
  type DirectoryProfile,
  type OwnProfile,
  type ShareableField
} from '../../src/lib/domain/documents/profile.ts';
import type { DeliveredReaction, OwnReaction, ReactionKind } from '../../src/lib/domain/documents/reaction.ts';
import { SCHEMAS } from '../../src/lib/domain/documents/versions.ts';
import { docId } from '../../src/lib/domain/ids.ts';
import { currentText } from '../../src/lib/domain/merge/text-register.ts';
import type { Stored } from '../registry/database.ts';
import type { Person } from '../registry/types.ts';

/** What the courier writes into shared databases. */
export type Copy = DeliveredPost | DeliveredComment | DeliveredReaction | DirectoryProfile;

/** The author as colleagues see her. */
export const byline = ({ id, name, position, unit }: Person): Copy['by'] => ({ id, name, position, unit });

const header = <T extends Copy['type']>(
  type: T,
  doc: { _id: string; createdAt: string; zone: string },
  person: Person,
  receivedAt: string
) => ({
  _id: doc._id,
  type,
  schema: SCHEMAS[type],
  createdAt: doc.createdAt,
  zone: doc.zone,
  receivedAt,
  by: byline(person)
});

/**
 * A delivered post. An edited post keeps its first `receivedAt`, and with it its place in the feed; `editedAt` says
 * that its words have changed since.
 */
export function postCopy(doc: OwnPost, person: Person, now: string, old?: Stored): DeliveredPost {
  const text = currentText(doc.body);
  const editedAt = old && (old.text !== text || old.topic !== doc.topic) ? now : old?.editedAt;
  return {
    ...header('post', doc, person, firstReceived(old, now)),
    channel: doc.channel,
    topic: doc.topic,
    text,
    ...(typeof editedAt === 'string' ? { editedAt } : {})
  };
}

export const commentCopy = (doc: OwnComment, person: Person, now: string, old?: Stored): DeliveredComment => ({
  ...header('comment', doc, person, firstReceived(old, now)),
  channel: doc.channel,
  post: doc.post,
  text: currentText(doc.body)
});

export const reactionCopy = (
  doc: OwnReaction & { kind: ReactionKind },
  person: Person,
  now: string
): DeliveredReaction => ({
  ...header('reaction', doc, person, now),
  channel: doc.channel,
  post: doc.post,
  kind: doc.kind
});

/** What colleagues see of a person: fields she shows and nothing else. Without an own profile, the defaults. */
export function profileCopy(person: Person, now: string, doc?: OwnProfile): DirectoryProfile {
  const shown = (field: ShareableField): boolean =>
    (doc?.visibility[field]?.to ?? DEFAULT_VISIBILITY[field]) === 'agency';
  const fields: DirectoryProfile['fields'] = {};
  for (const field of SELF_FIELDS) {
    const register = doc?.fields[field];
    if (register && shown(field) && currentText(register).trim()) fields[field] = currentText(register);
  }
  for (const field of SHAREABLE_RECORD_FIELDS) {
    const value = person.record[field]?.value;
    if (value && shown(field)) fields[field] = value;
  }
  const origin = doc ?? { _id: docId('profile', person.id), createdAt: now, zone: 'UTC' };
  return { ...header('profile', origin, person, now), fields };
}

/** Whether a copy already says the same; the time at which it arrived does not count. */
export const saysTheSame = (copy: Copy, old: Stored | undefined): boolean =>
  old !== undefined && isDeepStrictEqual(withoutArrival(copy), withoutArrival(old));

/** When the words of a copy arrived, by the server's clock. */
export const arrivedAt = (copy: Stored): string => String(copy.editedAt ?? copy.receivedAt);

const firstReceived = (old: Stored | undefined, now: string): string =>
  typeof old?.receivedAt === 'string' ? old.receivedAt : now;

const withoutArrival = (copy: Copy | Stored): object =>
  Object.fromEntries(Object.entries(copy).filter(([name]) => !['_rev', 'receivedAt', 'editedAt'].includes(name)));
