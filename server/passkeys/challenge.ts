import { randomUUID } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import type { Keys } from '../gateway/keys.ts';

/** From the question to the finger on the sensor, seconds. */
export const CHALLENGE_SECONDS = 5 * 60;

const ALGORITHM = 'EdDSA';
const TYPE = 'passkey-challenge+jwt';
const ISSUER = 'smartasn';

/** What an answered challenge was: `id` is to be used up, `until` (ms since 1970) is when it would be too old anyhow. */
export interface Answered {
  id: string;
  until: number;
}

/**
 * A challenge that any gateway can check without having kept it: asking costs the database nothing. `subject` is what
 * may be done with it: the session that registers a passkey, or `sign-in`.
 */
export async function makeChallenge(keys: Keys, subject: string, now = Date.now()): Promise<string> {
  const issued = Math.floor(now / 1000);
  return new SignJWT({})
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: keys.id })
    .setIssuer(ISSUER)
    .setSubject(subject)
    .setJti(randomUUID())
    .setIssuedAt(issued)
    .setExpirationTime(issued + CHALLENGE_SECONDS)
    .sign(keys.sign);
}

/**
 * What the challenge of an answer is, as the browser wrote it (base64url); undefined when it is none of ours, for
 * something else, or too old.
 */
export async function readChallenge(
  keys: Keys,
  subject: string,
  answered: string,
  now = Date.now()
): Promise<Answered | undefined> {
  const token = Buffer.from(answered, 'base64url').toString('utf8');
  const verified = await jwtVerify(token, keys.verify, {
    algorithms: [ALGORITHM],
    typ: TYPE,
    issuer: ISSUER,
    subject,
    requiredClaims: ['exp', 'iat', 'jti'],
    maxTokenAge: CHALLENGE_SECONDS,
    currentDate: new Date(now)
  }).catch(() => undefined);
  const { jti, exp } = verified?.payload ?? {};
  return jti !== undefined && exp !== undefined ? { id: jti, until: exp * 1000 } : undefined;
}
