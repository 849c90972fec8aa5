/**
 * The bytes of a sealed parcel, version 1:
 *
 *     'ASNP' · version (1) · id of the server's key (8) · HPKE encapsulation (32) · ciphertext
 *
 * and of what is inside: signature (64) · length of the body (4) · body · zeros. What stands before the encapsulation is
 * authenticated with the ciphertext. Nothing outside says who wrote it.
 */
export const MAGIC = new Uint8Array([0x41, 0x53, 0x4e, 0x50]);
export const VERSION = 1;
export const KEY_ID_BYTES = 8;
const ENCAPSULATION_BYTES = 32;
export const SIGNATURE_BYTES = 64;
const LENGTH_BYTES = 4;
const HEAD_BYTES = MAGIC.length + 1 + KEY_ID_BYTES;
const TAG_BYTES = 16;

/** Largest parcel that is made and accepted, bytes. */
export const PARCEL_LIMIT = 4 * 1024 * 1024;
/** Largest body once it is inflated, bytes. */
export const BODY_LIMIT = 16 * 1024 * 1024;
/** What is inside is never shorter: one line or ten look the same. */
const LEAST = 1024;

export type Bytes = Uint8Array<ArrayBuffer>;

export interface Parts {
  /** What is authenticated and stays readable. */
  head: Bytes;
  keyId: Bytes;
  encapsulation: Bytes;
  ciphertext: Bytes;
}

/** Why bytes are no parcel that this build can open. */
export type Unopenable = 'not-a-parcel' | 'newer' | 'damaged' | 'too-large';

export function concat(...parts: Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** What stands before the encapsulation. */
export const headOf = (keyId: Uint8Array, magic = MAGIC): Bytes => concat(magic, new Uint8Array([VERSION]), keyId);

/** Takes a parcel apart, or says why not. */
export function partsOf(parcel: Bytes, magic = MAGIC): Parts | Unopenable {
  if (!magic.every((byte, at) => parcel[at] === byte)) return 'not-a-parcel';
  if (parcel.length > PARCEL_LIMIT) return 'too-large';
  if ((parcel[MAGIC.length] ?? 0) > VERSION) return 'newer';
  const body = HEAD_BYTES + ENCAPSULATION_BYTES;
  if (parcel[MAGIC.length] !== VERSION || parcel.length < body + SIGNATURE_BYTES + LENGTH_BYTES + TAG_BYTES)
    return 'damaged';
  return {
    head: parcel.slice(0, HEAD_BYTES),
    keyId: parcel.slice(MAGIC.length + 1, HEAD_BYTES),
    encapsulation: parcel.slice(HEAD_BYTES, body),
    ciphertext: parcel.slice(body)
  };
}

/**
 * Length that hides a length (Padmé): it grows in steps of at most 12 %, so that a size tells how many digits it has and
 * little more.
 */
export function paddedLength(length: number): number {
  if (length <= LEAST) return LEAST;
  const exponent = Math.floor(Math.log2(length));
  const step = 2 ** (exponent - Math.floor(Math.log2(exponent)) - 1);
  return Math.ceil(length / step) * step;
}

/** Signature and body, padded. */
export function wrap(signature: Uint8Array, body: Uint8Array): Bytes {
  const length = SIGNATURE_BYTES + LENGTH_BYTES + body.length;
  const inside = new Uint8Array(paddedLength(length));
  inside.set(signature);
  new DataView(inside.buffer).setUint32(SIGNATURE_BYTES, body.length);
  inside.set(body, SIGNATURE_BYTES + LENGTH_BYTES);
  return inside;
}

/** The reverse of `wrap`; undefined when the lengths do not fit or the padding is not empty. */
export function unwrap(inside: Bytes): { signature: Bytes; body: Bytes } | undefined {
  const from = SIGNATURE_BYTES + LENGTH_BYTES;
  if (inside.length < from) return undefined;
  const to = from + new DataView(inside.buffer, inside.byteOffset).getUint32(SIGNATURE_BYTES);
  if (to > inside.length || inside.length !== paddedLength(to) || inside.subarray(to).some(Boolean)) return undefined;
  return { signature: inside.slice(0, SIGNATURE_BYTES), body: inside.slice(from, to) };
}

const CONTEXT = new TextEncoder().encode('smartasn parcel v1');

/** HPKE's `info`: a ciphertext of another use of the same key does not open here. */
export const INFO: Bytes = CONTEXT;

/** What the device signs: the recipient and the encapsulation as well, so that a body fits into no other parcel. */
export const signedBytes = (head: Uint8Array, encapsulation: Uint8Array, body: Uint8Array): Bytes =>
  concat(CONTEXT, head, encapsulation, body);
