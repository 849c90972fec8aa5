import { createHash, timingSafeEqual } from 'node:crypto';

/** What is kept of a random secret: it is long or lives for minutes, so that a slow hash would add nothing. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Whether a secret is the one of which this hash is kept; in constant time. */
export function isSecret(secret: string, hash: string): boolean {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const [given, kept] = [bytes(hashOf(secret)), bytes(hash)];
  return given.length === kept.length && timingSafeEqual(given, kept);
}
