import { fromBase64url, toBase64url } from '../parcel/base64url.ts';
import { packWords, unpackWords } from './words.ts';

/**
 * A credential in a form that fits a code on paper: header and payload of the JWS without what all credentials say alike,
 * deflated (RFC 1951), and its signature; base64url after a letter. Unpacked it is the same JWS, character by character.
 */
const MARK = 'z';
const SIGNATURE = 64;

/** Longest payload that is unpacked, in bytes. */
const LARGEST = 30_000;

async function through(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream) {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.length;
    if (size > LARGEST) throw new Error('The credential is too long.');
    chunks.push(new Uint8Array(next.value));
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

/** The short form of a compact JWS; undefined where there is none. */
export async function shorten(jws: string): Promise<string | undefined> {
  const [head = '', body = '', end = ''] = jws.split('.');
  const words = packWords(`${decode(fromBase64url(head))}\n${decode(fromBase64url(body))}`);
  if (words === undefined) return undefined;
  const packed = await through(new TextEncoder().encode(words), new CompressionStream('deflate-raw'));
  const whole = new Uint8Array(packed.length + SIGNATURE);
  whole.set(fromBase64url(end));
  whole.set(packed, SIGNATURE);
  const short = MARK + toBase64url(whole);
  return (await unshorten(short)) === jws ? short : undefined;
}

/** The JWS of a short form; undefined when it is none. */
export async function unshorten(text: string): Promise<string | undefined> {
  if (!text.startsWith(MARK)) return undefined;
  try {
    const whole = fromBase64url(text.slice(1));
    const plain = unpackWords(decode(await through(whole.slice(SIGNATURE), new DecompressionStream('deflate-raw'))));
    const [head = '', body = ''] = plain.split('\n', 2).map((part) => toBase64url(new TextEncoder().encode(part)));
    return `${head}.${body}.${toBase64url(whole.slice(0, SIGNATURE))}`;
  } catch {
    return undefined;
  }
}
