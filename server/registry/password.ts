import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Cost of one hash: 2^15 × 8 × 128 bytes = 32 MiB (OWASP Password Storage Cheat Sheet, scrypt N=2^15, r=8, p=3). */
const COST = { log2N: 15, r: 8, p: 3 };
const KEY_BYTES = 32;
const SALT_BYTES = 16;
const FORMAT = /^scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([A-Za-z0-9_-]+)\$([A-Za-z0-9_-]+)$/;

const encode = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const decode = (text = ''): Uint8Array => new Uint8Array(Buffer.from(text, 'base64url'));

const derive = (
  password: string,
  salt: Uint8Array,
  { log2N, r, p }: typeof COST,
  length: number
): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const N = 2 ** log2N;
    scrypt(password.normalize('NFKC'), salt, length, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
      error ? reject(error) : resolve(new Uint8Array(key))
    );
  });

/** Hashes a password with a fresh salt; the cost stands in the text, so that it can be raised later. */
export async function hashPassword(password: string, cost = COST): Promise<string> {
  const salt = new Uint8Array(randomBytes(SALT_BYTES));
  const key = await derive(password, salt, cost, KEY_BYTES);
  return ['scrypt', cost.log2N, cost.r, cost.p, encode(salt), encode(key)].join('$');
}

/** Whether the password made this hash; in constant time, false for a text that is no hash of ours. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const parts = FORMAT.exec(hash);
  if (!parts) return false;
  const [log2N, r, p] = parts.slice(1, 4).map(Number) as [number, number, number];
  const salt = decode(parts[4]);
  const expected = decode(parts[5]);
  if (log2N < 1 || log2N > 20 || r < 1 || p < 1 || expected.length < 16) return false;
  const key = await derive(password, salt, { log2N, r, p }, expected.length);
  return timingSafeEqual(key, expected);
}
