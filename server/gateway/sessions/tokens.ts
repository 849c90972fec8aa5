import { jwtVerify, SignJWT } from 'jose';
import { UUID_PATTERN } from '../../../src/lib/domain/ids.ts';
import type { Keys } from '../keys.ts';
import { unauthorized } from '../problem.ts';

/** Lifetime of an access token in seconds. */
export const ACCESS_SECONDS = 15 * 60;

const ALGORITHM = 'EdDSA';
const TYPE = 'at+jwt';
const ISSUER = 'smartasn';
const AUDIENCE = 'smartasn-gateway';

/** Whom a valid access token speaks for: a person and the session of one of her devices. */
export interface Identity {
  person: string;
  session: string;
}

/** An identity with the time from which its token counts no more, ms since 1970. */
export interface Verified extends Identity {
  expiresAt: number;
}

/** Signs an access token; `now` in ms since 1970. Also says when it ends, in ms. */
export async function issueAccess(
  keys: Keys,
  identity: Identity,
  now = Date.now()
): Promise<{ access: string; expiresAt: number }> {
  const issued = Math.floor(now / 1000);
  const access = await new SignJWT({ sid: identity.session })
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: keys.id })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(identity.person)
    .setIssuedAt(issued)
    .setExpirationTime(issued + ACCESS_SECONDS)
    .sign(keys.sign);
  return { access, expiresAt: (issued + ACCESS_SECONDS) * 1000 };
}

/**
 * Checks an access token and says whom it speaks for; throws 401 otherwise. The algorithm is pinned and every claim we
 * rely on is required, because a library's default for a missing claim is "no limit" (a token without `exp` would
 * never end). `maxTokenAge` bounds even a token of our own key with a far `exp`.
 */
export async function verifyAccess(keys: Keys, token: string, now = Date.now()): Promise<Verified> {
  const verified = await jwtVerify(token, keys.verify, {
    algorithms: [ALGORITHM],
    typ: TYPE,
    issuer: ISSUER,
    audience: AUDIENCE,
    requiredClaims: ['exp', 'iat', 'iss', 'aud', 'sub', 'sid'],
    maxTokenAge: ACCESS_SECONDS,
    currentDate: new Date(now)
  }).catch((cause: unknown) => {
    throw unauthorized(cause instanceof Error ? cause.message : 'The token is not valid.');
  });
  const { sub, sid, exp = 0, iat = 0 } = verified.payload;
  if (typeof sub !== 'string' || !UUID_PATTERN.test(sub)) throw unauthorized('The token names nobody.');
  if (typeof sid !== 'string' || !UUID_PATTERN.test(sid)) throw unauthorized('The token has no session.');
  return { person: sub, session: sid, expiresAt: Math.min(exp, iat + ACCESS_SECONDS) * 1000 };
}
