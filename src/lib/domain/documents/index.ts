import * as v from 'valibot';
import { mergeUnknown } from '../merge/unknown.ts';
import { attempt, mergeAttempt, type Attempt } from './attempt.ts';
import { certificate, type Certificate } from './certificate.ts';
import { deliveredComment, mergeComment, ownComment, type DeliveredComment, type OwnComment } from './comment.ts';
import { channelInfo, course, type ChannelInfo, type Course } from './course.ts';
import { enrolment, type Enrolment } from './enrolment.ts';
import { event, type LearningEvent } from './event.ts';
import { grade, type Grade } from './grade.ts';
import { mark, mergeMark, type Mark } from './mark.ts';
import { deliveredPost, mergePost, ownPost, type DeliveredPost, type OwnPost } from './post.ts';
import { directoryProfile, mergeProfile, ownProfile, type DirectoryProfile, type OwnProfile } from './profile.ts';
import { mergeProgress, progress, type Progress } from './progress.ts';
import { deliveredReaction, mergeReaction, ownReaction, type DeliveredReaction, type OwnReaction } from './reaction.ts';
import { receipt, type Receipt } from './receipt.ts';
import { membership, record, type Membership, type PersonRecord } from './record.ts';
import { mergeRuntime, runtime, type Runtime } from './runtime.ts';
import { mergeStudy, study, type Study } from './study.ts';
import { mergeSubmission, submission, type Submission } from './submission.ts';
import { takers, type Takers } from './takers.ts';
import { upgraded } from './versions.ts';

/** Documents that a person writes into her own database. */
export type OwnDocument =
  OwnPost | OwnComment | OwnReaction | OwnProfile | Progress | Attempt | Submission | Mark | Runtime | Study;

/** Documents that only the server writes into a person's database. */
export type InboxDocument = Receipt | PersonRecord | Membership | Grade | Certificate | Enrolment;

/** Documents of the shared databases. */
export type SharedDocument =
  | DeliveredPost
  | DeliveredComment
  | DeliveredReaction
  | DirectoryProfile
  | Course
  | ChannelInfo
  | LearningEvent
  | Takers;

export const OWN_SCHEMAS = {
  post: ownPost,
  comment: ownComment,
  reaction: ownReaction,
  profile: ownProfile,
  progress,
  attempt,
  submission,
  mark,
  runtime,
  study
};

export const INBOX_SCHEMAS = { receipt, record, membership, grade, certificate, enrolment };

export const SHARED_SCHEMAS = {
  post: deliveredPost,
  comment: deliveredComment,
  reaction: deliveredReaction,
  profile: directoryProfile,
  course,
  channel: channelInfo,
  event,
  takers
};

export type OwnType = keyof typeof OWN_SCHEMAS;
export type InboxType = keyof typeof INBOX_SCHEMAS;
export type SharedType = keyof typeof SHARED_SCHEMAS;

const has = <T extends object>(table: T, type: unknown): type is keyof T =>
  typeof type === 'string' && Object.hasOwn(table, type);

export const isOwnType = (type: unknown): type is OwnType => has(OWN_SCHEMAS, type);
export const isSharedType = (type: unknown): type is SharedType => has(SHARED_SCHEMAS, type);
export const isInboxType = (type: unknown): type is InboxType => has(INBOX_SCHEMAS, type);

const fits = <T>(schema: v.GenericSchema<unknown, T>, value: unknown): T | undefined => {
  const result = v.safeParse(schema, value);
  return result.success ? result.output : undefined;
};

const typeIn = (value: unknown): unknown => (value as { type?: unknown } | null | undefined)?.type;

/** An own document that passes its schema, in the newest one; undefined when this build cannot read it. */
export function parseOwn(value: unknown): OwnDocument | undefined {
  const type = typeIn(value);
  return isOwnType(type) ? fits<OwnDocument>(OWN_SCHEMAS[type], upgraded('own', value)) : undefined;
}

/** A document that the server wrote into a person's database; as `parseOwn`. */
export function parseInbox(value: unknown): InboxDocument | undefined {
  const type = typeIn(value);
  return isInboxType(type) ? fits<InboxDocument>(INBOX_SCHEMAS[type], upgraded('inbox', value)) : undefined;
}

/** A shared document; as `parseOwn`. */
export function parseShared(value: unknown): SharedDocument | undefined {
  const type = typeIn(value);
  return isSharedType(type) ? fits<SharedDocument>(SHARED_SCHEMAS[type], upgraded('shared', value)) : undefined;
}

const MERGES = {
  post: mergePost,
  comment: mergeComment,
  reaction: mergeReaction,
  profile: mergeProfile,
  progress: mergeProgress,
  attempt: mergeAttempt,
  submission: mergeSubmission,
  mark: mergeMark,
  runtime: mergeRuntime,
  study: mergeStudy
};

/**
 * Merges two versions of one own document by the function of its type, and passes on what only a newer app knows of it;
 * commutative, associative, idempotent.
 */
export function mergeOwn<T extends OwnDocument>(a: T, b: T): T {
  const merge = MERGES[a.type] as unknown as (x: T, y: T) => T;
  const merged = merge(a, b);
  return { ...mergeUnknown(a, b, merged), ...merged };
}
