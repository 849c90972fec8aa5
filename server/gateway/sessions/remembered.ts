import type { Keys } from '../keys.ts';
import { verifyAccess, type Identity, type Verified } from './tokens.ts';

/** Tokens remembered: each is some 700 bytes. */
const CAPACITY = 20_000;

/**
 * `verifyAccess` that remembers what it found for as long as the token lives: a device sends one token with every
 * request of fifteen minutes, and the signature is a third of what a small answer costs. Whether the session has ended
 * is not its business, so that is asked each time. `clock` gives ms since 1970.
 */
export function makeVerifyAccess(keys: Keys, clock: () => number = Date.now): (token: string) => Promise<Identity> {
  const known = new Map<string, Verified>();
  return async (token) => {
    const now = clock();
    const before = known.get(token);
    if (before && before.expiresAt > now) return before;
    known.delete(token);
    const verified = await verifyAccess(keys, token, now);
    for (const oldest of known.keys()) {
      if (known.size < CAPACITY) break;
      known.delete(oldest);
    }
    known.set(token, verified);
    return verified;
  };
}
