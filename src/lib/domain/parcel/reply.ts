import * as v from 'valibot';
import type { Bytes } from './layout.ts';

/**
 * What comes back for a parcel: news that the server seals to a key of the parcel's author, for whoever brought it to
 * carry to her. The bytes are laid out as those of a parcel; the id is that of her key, the place of the signature is
 * empty, and HPKE's auth mode with the key that the parcel was sealed to says that the server sealed it. Inside are JSON
 * lines, deflated: the head, then rows as `POST /sync` answers them. Without an `e` row at the end they were too many.
 */
export const REPLY_MAGIC = new Uint8Array([0x41, 0x53, 0x4e, 0x52]);

/** HPKE's `info` of a reply. */
export const REPLY_INFO: Bytes = new TextEncoder().encode('smartasn reply v1');

/** Whether a file says that it is a reply. */
export const isReply = (bytes: Uint8Array): boolean => REPLY_MAGIC.every((byte, at) => bytes[at] === byte);

/** A shared database, and the checkpoint with which its news begin; without one at the beginning. */
const source = v.object({
  name: v.pipe(v.string(), v.maxLength(120)),
  checkpoint: v.optional(v.pipe(v.string(), v.maxLength(2_000)))
});

/** In a parcel: news are asked for, as in `POST /sync`. */
export const replyRequest = v.object({
  /** The key (X25519, base64url) to seal them to. */
  key: v.pipe(v.string(), v.length(43), v.regex(/^[A-Za-z0-9_-]+$/)),
  sources: v.pipe(v.array(source), v.maxLength(200))
});

/** The first line of a reply. Rows name sources by their place here. */
export const replyHead = v.object({
  /** When it was packed, by the server's clock. */
  at: v.pipe(v.string(), v.isoTimestamp()),
  sources: v.array(source),
  /** Receipts for edits of the parcel. */
  receipts: v.array(v.looseObject({ _id: v.string(), type: v.literal('receipt'), edit: v.string() }))
});

export type ReplyRequest = v.InferOutput<typeof replyRequest>;
export type ReplyHead = v.InferOutput<typeof replyHead>;
export type ReplySource = v.InferOutput<typeof source>;
