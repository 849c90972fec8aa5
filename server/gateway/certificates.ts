import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import type { CertificateStatus, IssuerAnswer } from '../../src/lib/domain/credentials/answers.ts';
import type { Issuer } from '../../src/lib/domain/credentials/badge.ts';
import type { CertificateRecords } from '../credentials/records.ts';
import { publicKeys } from '../credentials/keys.ts';
import type { Couch } from '../couch/types.ts';
import { notFound, Problem } from './problem.ts';

export interface CertificateParts {
  couch: Couch;
  records: Pick<CertificateRecords, 'find' | 'revokedAt' | 'revoked'>;
  issuer: Issuer;
}

/** Requests per address and minute: an office behind one address stays below it, and numbers cannot be guessed. */
const PER_MINUTE = 120;
const SILENT = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false } as const;

/** What is public of the issuer may be kept that long, s: who checks certificates all day asks once. */
const FRESH = 300;

const ANYONE = { config: { guard: 'anyone' } } as const;

/**
 * What anybody may ask about certificates (domain/credentials/answers.ts): `GET /api/issuer`, `/api/issuer/keys/<id>`,
 * `/api/certificates/revoked` (1EdTech Revocation List) and `/api/certificates/<number or UUID>`. No answer names a
 * person: who holds a certificate shows it herself.
 */
export async function certificateRoutes(app: FastifyInstance, parts: CertificateParts): Promise<void> {
  const { couch, records, issuer } = parts;
  await app.register(rateLimit, {
    max: PER_MINUTE,
    timeWindow: 60_000,
    addHeaders: SILENT,
    addHeadersOnExceeding: SILENT,
    errorResponseBuilder: (_request, context) =>
      new Problem(429, 'too-many-tries', 'Too many requests.', Math.ceil(context.ttl / 1000))
  });

  app.get('/api/issuer', ANYONE, async (_request, reply): Promise<IssuerAnswer> => {
    const [keys, revoked] = await Promise.all([publicKeys(couch), records.revoked()]);
    void reply.header('cache-control', `public, max-age=${FRESH}`);
    return { ...issuer, keys, revoked, now: new Date().toISOString() };
  });

  app.get<{ Params: { id: string } }>('/api/issuer/keys/:id', ANYONE, async (request, reply) => {
    const key = (await publicKeys(couch)).find(({ id }) => id === request.params.id);
    if (!key) throw notFound('There is no such key.');
    void reply.header('cache-control', `public, max-age=${FRESH}`);
    return { ...key.jwk, kid: key.id, alg: 'ES256', use: 'sig' };
  });

  app.get('/api/certificates/revoked', ANYONE, async (_request, reply) => {
    void reply.header('cache-control', `public, max-age=${FRESH}`);
    const revokedCredential = (await records.revoked()).map(({ id }) => ({ id: `urn:uuid:${id}`, revoked: true }));
    return { id: `${issuer.url ?? ''}/api/certificates/revoked`, issuer: issuer.id, revokedCredential };
  });

  app.get<{ Params: { given: string } }>(
    '/api/certificates/:given',
    ANYONE,
    async (request): Promise<CertificateStatus> => {
      const found = await records.find(request.params.given);
      const now = new Date().toISOString();
      if (!found) return { state: 'unknown', now };
      const { title, issuedAt, credential } = found;
      const revokedAt = await records.revokedAt(credential);
      return revokedAt
        ? { state: 'revoked', title, issuedAt, revokedAt, now }
        : { state: 'valid', title, issuedAt, now };
    }
  );
}
