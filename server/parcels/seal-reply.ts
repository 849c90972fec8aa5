import { promisify } from 'node:util';
import { constants, deflateRaw, type ZlibOptions } from 'node:zlib';
import { fromBase64url } from '../../src/lib/domain/parcel/base64url.ts';
import { concat, headOf, SIGNATURE_BYTES, wrap, type Bytes } from '../../src/lib/domain/parcel/layout.ts';
import { REPLY_INFO, REPLY_MAGIC, type ReplyHead } from '../../src/lib/domain/parcel/reply.ts';
import { keyIdOf, suite } from '../../src/lib/domain/parcel/suite.ts';
import { lastRow } from '../gateway/sync/rounds.ts';

const ENOUGH = 2 * 1024 * 1024;
/** Nor of so many before they are deflated: a phone reads them in one go. */
const ENOUGH_PLAIN = 12 * 1024 * 1024;

const deflated = promisify<string, ZlibOptions, Buffer>(deflateRaw);

/** Deflate blocks that end at a byte and refer to nothing before them (RFC 1951), so that they can be counted. */
const piece = async (text: string): Promise<Bytes> =>
  new Uint8Array(await deflated(text, { level: 9, finishFlush: constants.Z_SYNC_FLUSH }));
/** An empty last block. */
const END = new Uint8Array([3, 0]);

/**
 * Deflates lines. What comes after so many is left out, and so is the last row then.
 * @param portions whole blocks of rows
 * @param enough no further rows go into a reply of so many bytes: who fetches it may pay for each
 */
export async function packReply(head: ReplyHead, portions: AsyncIterable<string>, enough = ENOUGH): Promise<Bytes> {
  const pieces = [await piece(`${JSON.stringify(head)}\n`)];
  let [size, plain] = [0, 0];
  for await (const portion of portions) {
    const bytes = await piece(portion);
    pieces.push(bytes);
    size += bytes.length;
    plain += Buffer.byteLength(portion);
    if (size >= enough || plain >= ENOUGH_PLAIN) return concat(...pieces, END);
  }
  return concat(...pieces, await piece(lastRow()), END);
}

/**
 * Seals a reply.
 * @param key the public key of who asked, base64url
 * @param senderKey the server's private key that the parcel was sealed to
 */
export async function sealReply(content: Bytes, key: string, senderKey: CryptoKey): Promise<Bytes> {
  const [hpke, recipient] = [suite(), fromBase64url(key)];
  const recipientPublicKey = await hpke.kem.importKey('raw', recipient.buffer, true);
  const head = headOf(await keyIdOf(recipient), REPLY_MAGIC);
  const sender = await hpke.createSenderContext({ recipientPublicKey, senderKey, info: REPLY_INFO });
  const inside = wrap(new Uint8Array(SIGNATURE_BYTES), content);
  return concat(head, new Uint8Array(sender.enc), new Uint8Array(await sender.seal(inside, head)));
}
