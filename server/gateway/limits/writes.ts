import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Authenticate } from '../identity.ts';
import { Problem } from '../problem.ts';
import { makeBuckets, type Rate } from './bucket.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whether this request has been counted. */
    isCounted: boolean;
  }
}

export interface WriteLimits {
  /** Of one session: a device. */
  session: Rate;
  /** Of one address, where nobody is asked who she is: a whole office may stand behind it. */
  address: Rate;
}

/**
 * A device sends its outbox in requests of 50 documents, three a second at most: one that comes back after a month with
 * thousands of items takes a tenth of its burst, and one that never rests stays below the rate. What is left to a
 * session that does more, in bytes, is less than the courier delivers.
 */
export const WRITE_LIMITS: WriteLimits = {
  session: { burst: 600, perSecond: 4 },
  address: { burst: 600, perSecond: 10 }
};

/** A request costs one, and one more for each of so many bytes of its body. */
const UNIT = 32 * 1024;

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** A body whose length is not said costs as much as a megabyte: no device of ours sends one. */
const costOf = ({ headers }: FastifyRequest): number => {
  if (headers['transfer-encoding']) return UNIT / 1024;
  return 1 + Math.floor(Number(headers['content-length'] ?? 0) / UNIT);
};

export interface LimitedWrites {
  /** Tells who asks, as before, and counts what writes: 429 `too-many-writes` when a session does too much. */
  authenticate: Authenticate;
}

/**
 * Limits everything but reading, for all routes of this context that are added from now on: by address where anyone may
 * call, by session everywhere else, there as soon as it is known who asks.
 */
export function limitWrites(
  app: FastifyInstance,
  authenticate: Authenticate,
  { session, address }: WriteLimits = WRITE_LIMITS
): LimitedWrites {
  const [sessions, addresses] = [makeBuckets(session), makeBuckets(address)];

  const count = (request: FastifyRequest, buckets: typeof sessions, key: string, code: string): void => {
    if (request.isCounted) return;
    request.isCounted = true;
    const wait = buckets.take(key, costOf(request));
    if (wait > 0) throw new Problem(429, code, 'Too many requests.', wait);
  };

  app.decorateRequest('isCounted', false);
  app.addHook('onRequest', async (request) => {
    if (READS.has(request.method) || request.routeOptions.config.guard !== 'anyone') return;
    count(request, addresses, request.ip, 'too-many-tries');
  });

  return {
    async authenticate(request) {
      const identity = await authenticate(request);
      if (!READS.has(request.method)) count(request, sessions, identity.session, 'too-many-writes');
      return identity;
    }
  };
}
