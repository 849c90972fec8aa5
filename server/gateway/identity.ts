import type { FastifyRequest } from 'fastify';
import type { Keys } from './keys.ts';
import { unauthorized } from './problem.ts';
import { makeVerifyAccess } from './sessions/remembered.ts';
import type { Identity } from './sessions/tokens.ts';

/** Tells who asks; throws 401 when nobody does. */
export type Authenticate = (request: FastifyRequest) => Promise<Identity>;

const BEARER = /^Bearer ([A-Za-z0-9_.-]{1,4000})$/;

/**
 * Reads the `Authorization` header and nothing else: without cookies a foreign page cannot ask in a person's name.
 * `ended` knows the sessions that were signed out while their access tokens still live.
 */
export function makeAuthenticate(keys: Keys, ended: { has(session: string): boolean }): Authenticate {
  const verify = makeVerifyAccess(keys);
  return async (request) => {
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    if (!token) throw unauthorized('A bearer token is needed.');
    const identity = await verify(token);
    if (ended.has(identity.session)) throw unauthorized('This session has ended.');
    return identity;
  };
}
