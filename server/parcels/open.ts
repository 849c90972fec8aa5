import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import * as v from 'valibot';
import { fromBase64url } from '../../src/lib/domain/parcel/base64url.ts';
import { parcelBody, type ParcelBody } from '../../src/lib/domain/parcel/body.ts';
import {
  BODY_LIMIT,
  INFO,
  partsOf,
  signedBytes,
  unwrap,
  type Bytes,
  type Parts
} from '../../src/lib/domain/parcel/layout.ts';
import { SIGNATURE, SIGNING_KEY } from '../../src/lib/domain/parcel/signing.ts';
import { suite } from '../../src/lib/domain/parcel/suite.ts';
import type { Signer } from '../gateway/sessions/documents.ts';
import type { ParcelKeys } from './keys.ts';
import { ParcelRefused } from './refused.ts';

const inflated = promisify(inflateRaw);

/** A parcel whose author is known. */
export interface OpenedParcel {
  person: string;
  body: ParcelBody;
}

async function decrypted({ head, keyId, encapsulation, ciphertext }: Parts, keys: ParcelKeys): Promise<Bytes> {
  const recipientKey = await keys.byId(keyId);
  if (!recipientKey) throw new ParcelRefused('foreign');
  try {
    const recipient = await suite().createRecipientContext({ recipientKey, enc: encapsulation, info: INFO });
    return new Uint8Array(await recipient.open(ciphertext, head));
  } catch (cause) {
    throw Object.assign(new ParcelRefused('damaged'), { cause });
  }
}

/** The body once it is inflated and has the right shape. What a small parcel may become is bounded. */
async function parsed(content: Bytes): Promise<ParcelBody> {
  const plain = await inflated(content, { maxOutputLength: BODY_LIMIT }).catch((error: NodeJS.ErrnoException) => {
    throw new ParcelRefused(error.code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'damaged');
  });
  const body = v.safeParse(parcelBody, jsonOf(plain.toString('utf8')));
  if (!body.success) throw new ParcelRefused('damaged');
  return body.output;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Opens a parcel and finds out who wrote it: the carrier is not asked and need not be trusted.
 * @throws ParcelRefused
 */
export async function openParcel(
  parcel: Bytes,
  keys: ParcelKeys,
  signerOf: (session: string) => Promise<Signer | undefined>
): Promise<OpenedParcel> {
  const parts = partsOf(parcel);
  if (typeof parts === 'string') throw new ParcelRefused(parts);
  const inside = unwrap(await decrypted(parts, keys));
  if (!inside) throw new ParcelRefused('damaged');
  const body = await parsed(inside.body);
  const { number } = body;
  const signer = await signerOf(body.session);
  if (!signer?.deviceKey) throw new ParcelRefused('unknown-device', number);
  const key = await crypto.subtle.importKey('raw', fromBase64url(signer.deviceKey), SIGNING_KEY, false, ['verify']);
  const signed = signedBytes(parts.head, parts.encapsulation, inside.body);
  if (!(await crypto.subtle.verify(SIGNATURE, key, inside.signature, signed)))
    throw new ParcelRefused('forged', number);
  if (signer.lostAt !== undefined) throw new ParcelRefused('lost-device', number);
  return { person: signer.person, body };
}
