import { fromBase64url, toBase64url } from '../parcel/base64url.ts';

/** Compact JWS with ES256 (RFC 7515, RFC 7518 §3.4): the only algorithm that is made and taken. */
const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const;

export interface Parts {
  /** The identifier of the key, which is the end of an address where the issuer has one. */
  key: string;
  payload: unknown;
  signed: Uint8Array<ArrayBuffer>;
  signature: Uint8Array<ArrayBuffer>;
}

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** Bytes of canonical base64url: characters that decode to the same bytes in another way are refused. */
function exact(text: string): Uint8Array<ArrayBuffer> {
  const bytes = fromBase64url(text);
  if (toBase64url(bytes) !== text) throw new Error('This is no canonical base64url.');
  return bytes;
}

const json = (text: string): unknown => JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(exact(text)));

/** Takes a compact JWS apart; undefined when it is none, or signed in another way than ES256. */
export function parseJws(text: string): Parts | undefined {
  const [head, body, end, more] = text.split('.');
  if (!head || !body || !end || more !== undefined) return undefined;
  try {
    const header = json(head) as { alg?: unknown; kid?: unknown; crit?: unknown } | null;
    if (header?.alg !== 'ES256' || typeof header.kid !== 'string' || header.crit !== undefined) return undefined;
    const key = header.kid.slice(header.kid.lastIndexOf('/') + 1);
    return { key, payload: json(body), signed: utf8(`${head}.${body}`), signature: exact(end) };
  } catch {
    return undefined;
  }
}

/** Whether the signature is that of the key. */
export async function isSigned({ signed, signature }: Parts, jwk: JsonWebKey): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('jwk', jwk, CURVE, false, ['verify']);
    return await crypto.subtle.verify(SIGNING, key, signature, signed);
  } catch {
    return false;
  }
}

/** Signs a payload. `kid` names the key. */
export async function signJws(payload: object, key: CryptoKey, kid: string): Promise<string> {
  const head = toBase64url(utf8(JSON.stringify({ alg: 'ES256', typ: 'JWT', kid })));
  const text = `${head}.${toBase64url(utf8(JSON.stringify(payload)))}`;
  return `${text}.${toBase64url(new Uint8Array(await crypto.subtle.sign(SIGNING, key, utf8(text))))}`;
}
