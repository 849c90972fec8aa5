import * as v from 'valibot';
import { base, growing, line, timestamp, uuid } from './fields.ts';

/** Why the courier refuses a document; each has words in both languages (`refusal_<reason>`). */
export const REFUSALS = [
  'malformed',
  'unknown-type',
  'newer-schema',
  'too-long',
  'empty',
  'not-a-member',
  'no-such-target',
  'not-yours',
  'file-missing'
] as const;

/**
 * The courier's answer to one edit of one own document: `receipt:<id of the document>`, in the author's database.
 * `at` is the server's clock. It speaks of the edit it names: after a further edit the item is on its way again.
 */
export const receipt = growing({
  ...base('receipt'),
  _id: v.pipe(v.string(), v.startsWith('receipt:')),
  of: v.string(),
  edit: v.union([uuid, v.literal('')]),
  status: v.picklist(['delivered', 'refused']),
  /** One of `REFUSALS`, or one that only a newer server knows. */
  reason: v.optional(line(60)),
  at: timestamp
});

export type Receipt = v.InferOutput<typeof receipt>;
export type Refusal = (typeof REFUSALS)[number];

/** Refusals that speak of the server: it does not know yet what a newer app wrote. */
const NOT_YET: readonly unknown[] = ['unknown-type', 'newer-schema'] satisfies Refusal[];

/** Whether the document waits for an update of the server, which then judges it anew. */
export const isPostponed = ({ status, reason }: Partial<Record<string, unknown>>): boolean =>
  status === 'refused' && NOT_YET.includes(reason);

export const isRefusal = (reason: unknown): reason is Refusal =>
  typeof reason === 'string' && (REFUSALS as readonly string[]).includes(reason);
