import type { SessionGrant } from '../../../src/lib/domain/api.ts';
import type { Keys } from '../keys.ts';
import { issueAccess, type Identity } from './tokens.ts';

/** The tokens of a device, as the app gets them. */
export async function makeGrant(keys: Keys, identity: Identity, refresh: string): Promise<SessionGrant> {
  const now = Date.now();
  const { access, expiresAt } = await issueAccess(keys, identity, now);
  return {
    person: identity.person,
    access,
    accessExpiresAt: new Date(expiresAt).toISOString(),
    refresh,
    now: new Date(now).toISOString()
  };
}
