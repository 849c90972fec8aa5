import * as v from 'valibot';
import { uuid } from '../documents/fields.ts';
import { DOC_ID_PATTERN } from '../ids.ts';
import { parseNumber } from './number.ts';
import { replyRequest } from './reply.ts';

/** Most edits in one parcel. */
export const EDITS_LIMIT = 5_000;

const number = v.pipe(
  v.string(),
  v.check((typed) => parseNumber(typed) === typed, 'This is no number of a parcel')
);

/**
 * One edit of the outbox, as the private lane would push it. Only what merging needs is looked at: a document of a newer
 * app must reach the courier, which answers it.
 */
const edit = v.looseObject({
  _id: v.pipe(v.string(), v.regex(DOC_ID_PATTERN)),
  edit: uuid,
  deleted: v.optional(v.literal(true))
});

/** What is inside a parcel, as JSON. */
export const parcelBody = v.object({
  number,
  /** The session whose device key signed the parcel. */
  session: uuid,
  /** The device's clock. */
  at: v.pipe(v.string(), v.isoTimestamp()),
  /** The person left this device: its session ends when the parcel arrives. */
  leaving: v.optional(v.literal(true)),
  /** Its author stays, and asks what is new. */
  reply: v.optional(replyRequest),
  edits: v.pipe(v.array(edit), v.minLength(1), v.maxLength(EDITS_LIMIT))
});

export type ParcelBody = v.InferOutput<typeof parcelBody>;
export type ParcelEdit = ParcelBody['edits'][number];
