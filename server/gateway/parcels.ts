import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { deviceKeyRequest } from '../../src/lib/domain/parcel/api.ts';
import { PARCEL_LIMIT } from '../../src/lib/domain/parcel/layout.ts';
import { fromBase64url } from '../../src/lib/domain/parcel/base64url.ts';
import { parseNumber } from '../../src/lib/domain/parcel/number.ts';
import { SIGNING_KEY } from '../../src/lib/domain/parcel/signing.ts';
import type { Parcels } from '../parcels/accept.ts';
import type { ParcelKeys } from '../parcels/keys.ts';
import { ParcelRefused } from '../parcels/refused.ts';
import type { Reply } from '../parcels/reply.ts';
import type { Authenticate } from './identity.ts';
import { badRequest, Problem } from './problem.ts';
import type { Sessions } from './sessions/store.ts';
import { makeRoom } from './sync/room.ts';

export interface ParcelParts {
  parcels: Parcels;
  reply: Reply;
  keys: ParcelKeys;
  sessions: Pick<Sessions, 'setDeviceKey'>;
  authenticate: Authenticate;
}

/** Requests per address and minute: an office behind one address stays below it, and numbers cannot be guessed. */
const PER_MINUTE = 120;
/** Replies that are packed at the same time: each is some megabytes. */
const REPLIES = 4;
const SILENT = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false } as const;

/**
 * `PUT /api/parcels/device`, `POST /api/parcels`, `POST /api/parcels/reply` and `GET /api/parcels/<number>`
 * (domain/parcel/api.ts). All but the first ask nobody who she is: a parcel says itself who wrote it, a reply can be read
 * by that person alone, and so can a number be known.
 */
export async function parcelRoutes(app: FastifyInstance, parts: ParcelParts): Promise<void> {
  const { parcels, reply: replyTo, keys, sessions, authenticate } = parts;
  const room = makeRoom(REPLIES);
  await app.register(rateLimit, {
    max: PER_MINUTE,
    timeWindow: 60_000,
    addHeaders: SILENT,
    addHeadersOnExceeding: SILENT,
    errorResponseBuilder: (_request, context) =>
      new Problem(429, 'too-many-tries', 'Too many requests.', Math.ceil(context.ttl / 1000))
  });
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body)
  );

  app.put(
    '/api/parcels/device',
    { bodyLimit: 1_024, config: { guard: { resource: 'device-key' } } },
    async (request) => {
      const { session } = await authenticate(request);
      const asked = v.safeParse(deviceKeyRequest, request.body);
      const deviceKey = asked.success ? asked.output.deviceKey : '';
      if (!(await isKey(deviceKey))) throw badRequest('This is no key to sign with.');
      await sessions.setDeviceKey(session, deviceKey);
      return { serverKey: await keys.newest() };
    }
  );

  app.post('/api/parcels', { bodyLimit: PARCEL_LIMIT, config: { guard: 'anyone' } }, async (request, reply) => {
    if (!Buffer.isBuffer(request.body)) throw badRequest('The body must be a parcel.');
    const answer = await parcels.accept(new Uint8Array(request.body));
    return reply.code(answer.state === 'refused' ? 422 : 200).send(answer);
  });

  app.post('/api/parcels/reply', { bodyLimit: PARCEL_LIMIT, config: { guard: 'anyone' } }, async (request, reply) => {
    if (!Buffer.isBuffer(request.body)) throw badRequest('The body must be a parcel.');
    const leave = room.enter();
    try {
      const sealed = await replyTo(new Uint8Array(request.body));
      return sealed ? reply.type('application/octet-stream').send(sealed) : reply.code(204).send();
    } catch (error) {
      if (!(error instanceof ParcelRefused)) throw error;
      return reply.code(422).send({ state: 'refused', reason: error.reason });
    } finally {
      leave();
    }
  });

  app.get<{ Params: { number: string } }>('/api/parcels/:number', { config: { guard: 'anyone' } }, async (request) => {
    const number = parseNumber(request.params.number);
    if (number === undefined) throw badRequest('This is no number of a parcel.');
    return parcels.status(number);
  });
}

/** Whether it is a point of the curve: what could not be used must not be kept. */
const isKey = (deviceKey: string): Promise<boolean> =>
  crypto.subtle.importKey('raw', fromBase64url(deviceKey), SIGNING_KEY, false, ['verify']).then(
    () => true,
    () => false
  );
