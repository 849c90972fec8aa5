import * as v from 'valibot';
import { fromBase64url, toBase64url } from '$lib/domain/parcel/base64url';
import { BODY_LIMIT, partsOf, unwrap, type Bytes, type Unopenable } from '$lib/domain/parcel/layout';
import { REPLY_INFO, REPLY_MAGIC, replyHead, type ReplyHead } from '$lib/domain/parcel/reply';
import { suite } from '$lib/domain/parcel/suite';
import type { Store } from '$lib/store/store-api';
import { parseLines } from '../shared-lane/ndjson';
import { replyKey, type ReplyKey } from './reply-keys';

/** A reply that is not taken. `foreign`: this place did not ask for it. */
export class ReplyRefused extends Error {
  readonly reason: Unopenable | 'foreign';

  constructor(reason: ReplyRefused['reason'], cause?: unknown) {
    super(`The reply is refused: ${reason}`, { cause });
    this.reason = reason;
  }
}

export interface OpenedReply {
  key: ReplyKey;
  head: ReplyHead;
  rows: unknown[];
}

/** What is deflated, piece by piece; what a small reply may become is bounded. */
async function* inflated(content: Bytes): AsyncGenerator<Uint8Array> {
  const reader = new Blob([content]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  let size = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    size += value.length;
    if (size > BODY_LIMIT) throw new ReplyRefused('too-large');
    yield value;
  }
}

async function contentOf(reply: Bytes, store: Pick<Store, 'setting'>): Promise<{ key: ReplyKey; content: Bytes }> {
  const parts = partsOf(reply, REPLY_MAGIC);
  if (typeof parts === 'string') throw new ReplyRefused(parts);
  const key = await replyKey(store, toBase64url(parts.keyId));
  if (!key) throw new ReplyRefused('foreign');
  const { kem } = suite();
  const recipientKey = await kem.importKey('raw', fromBase64url(key.secret).buffer, false);
  const senderPublicKey = await kem.importKey('raw', fromBase64url(key.server).buffer, true);
  try {
    const options = { recipientKey, senderPublicKey, enc: parts.encapsulation, info: REPLY_INFO };
    const recipient = await suite().createRecipientContext(options);
    const inside = unwrap(new Uint8Array(await recipient.open(parts.ciphertext, parts.head)));
    if (inside) return { key, content: inside.body };
  } catch (cause) {
    throw new ReplyRefused('damaged', cause);
  }
  throw new ReplyRefused('damaged');
}

/**
 * Opens a reply that the server sealed to a key of this place.
 * @throws ReplyRefused
 */
export async function openReply(reply: Bytes, store: Pick<Store, 'setting'>): Promise<OpenedReply> {
  const { key, content } = await contentOf(reply, store);
  const lines: unknown[] = [];
  try {
    for await (const some of parseLines(inflated(content))) lines.push(...some);
  } catch (error) {
    throw error instanceof ReplyRefused ? error : new ReplyRefused('damaged', error);
  }
  const [first, ...rows] = lines;
  const head = v.safeParse(replyHead, first);
  if (!head.success) throw new ReplyRefused('damaged');
  return { key, head: head.output, rows };
}
