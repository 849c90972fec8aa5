import * as v from 'valibot';
import { timestamp, uuid } from './fields.ts';

/** Why the courier refuses a document; each has words in both languages (`refusal_<reason>`). */
export const REFUSALS = [
  'malformed',
  'unknown-type',
  'newer-schema',
  'too-long',
  'empty',
  'not-a-member',
  'no-such-target',
  'not-yours'
] as const;

/**
 * The courier's answer to one edit of one own document: `receipt:<id of the document>`, in the author's database.
 * `at` is the server's clock. It speaks of the edit it names: after a further edit the item is on its way again.
 */
export const receipt = v.strictObject({
  _id: v.pipe(v.string(), v.startsWith('receipt:')),
  _rev: v.optional(v.string()),
  type: v.literal('receipt'),
  schema: v.number(),
  createdAt: timestamp,
  zone: v.string(),
  of: v.string(),
  edit: v.union([uuid, v.literal('')]),
  status: v.picklist(['delivered', 'refused']),
  reason: v.optional(v.picklist(REFUSALS)),
  at: timestamp
});

export type Receipt = v.InferOutput<typeof receipt>;
export type Refusal = (typeof REFUSALS)[number];
