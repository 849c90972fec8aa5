import { fromBase64url } from '$lib/domain/parcel/base64url';
import type { ParcelBody } from '$lib/domain/parcel/body';
import {
  BODY_LIMIT,
  concat,
  headOf,
  INFO,
  PARCEL_LIMIT,
  signedBytes,
  wrap,
  type Bytes
} from '$lib/domain/parcel/layout';
import { SIGNATURE, SIGNING_KEY } from '$lib/domain/parcel/signing';
import { keyIdOf, suite } from '$lib/domain/parcel/suite';
import type { ParcelKeys } from './keys';
import { ParcelTooLarge } from './problems';

async function deflated(text: string): Promise<Bytes> {
  const plain = new TextEncoder().encode(text);
  if (plain.length > BODY_LIMIT) throw new ParcelTooLarge('too much for a parcel');
  const stream = new Blob([plain]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * Signs a body with the device's key and seals it to the server's.
 * @throws ParcelTooLarge
 */
export async function sealBody(body: ParcelBody, keys: Pick<ParcelKeys, 'sign' | 'server'>): Promise<Bytes> {
  const hpke = suite();
  const recipient = fromBase64url(keys.server);
  const head = headOf(await keyIdOf(recipient));
  const recipientPublicKey = await hpke.kem.importKey('raw', recipient.buffer, true);
  const sender = await hpke.createSenderContext({ recipientPublicKey, info: INFO });
  const encapsulation = new Uint8Array(sender.enc);
  const content = await deflated(JSON.stringify(body));
  const key = await crypto.subtle.importKey('pkcs8', fromBase64url(keys.sign), SIGNING_KEY, false, ['sign']);
  const signature = await crypto.subtle.sign(SIGNATURE, key, signedBytes(head, encapsulation, content));
  const ciphertext = await sender.seal(wrap(new Uint8Array(signature), content), head);
  const parcel = concat(head, encapsulation, new Uint8Array(ciphertext));
  if (parcel.length > PARCEL_LIMIT) throw new ParcelTooLarge('too much for a parcel');
  return parcel;
}
