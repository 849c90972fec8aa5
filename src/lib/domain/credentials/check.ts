import * as v from 'valibot';
import type { IssuerAnswer } from './answers.ts';
import { badge, uuidOf, type Badge } from './badge.ts';
import { isSigned, parseJws } from './jws.ts';

/** What can be said of a credential with nothing but what is known of the issuer. */
export type Checked =
  | { kind: 'unreadable' }
  /** Signed with a key that is not known here; nothing that it says is worth anything. */
  | { kind: 'unknown-issuer' }
  /** It names a known key, and the signature is of something else. */
  | { kind: 'changed' }
  | { kind: 'valid'; badge: Badge; issuer: string; revokedAt?: string; asOf: string };

/** Checks signature, form and revocation. `issuer` is undefined where its keys have never arrived. */
export async function checkCredential(text: string, issuer: IssuerAnswer | undefined): Promise<Checked> {
  const parts = parseJws(text.trim());
  if (!parts) return { kind: 'unreadable' };
  const key = issuer?.keys.find(({ id }) => id === parts.key);
  if (!issuer || !key) return { kind: 'unknown-issuer' };
  if (!(await isSigned(parts, key.jwk))) return { kind: 'changed' };
  const read = v.safeParse(badge, parts.payload);
  // Open Badges 3.0 §8.2: the claims of the JWT say what the credential says.
  if (!read.success || !claimsAgree(read.output)) return { kind: 'unreadable' };
  const revoked = issuer.revoked.find(({ id }) => id === uuidOf(read.output));
  return {
    kind: 'valid',
    badge: read.output,
    issuer: issuer.name,
    asOf: issuer.now,
    ...(revoked && { revokedAt: revoked.at })
  };
}

const claimsAgree = ({ iss, jti, sub, nbf, issuer, id, credentialSubject, validFrom }: Badge): boolean =>
  iss === issuer.id && jti === id && sub === credentialSubject.id && nbf === Math.floor(Date.parse(validFrom) / 1000);

/** What a credential says, believed: for its holder, on whose device it came from the server. */
export function readBadge(credential: string): Badge | undefined {
  const read = v.safeParse(badge, parseJws(credential)?.payload);
  return read.success ? read.output : undefined;
}
