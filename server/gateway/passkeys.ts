import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { newPasskey, passkeySignIn, renamePasskey, type Passkey } from '../../src/lib/domain/passkeys.ts';
import type { Action } from '../../src/lib/domain/audit.ts';
import { UUID_PATTERN } from '../../src/lib/domain/ids.ts';
import type { Audit } from '../audit/index.ts';
import { makeChallenge, readChallenge, type Answered } from '../passkeys/challenge.ts';
import { passkeyId, type PasskeyDocument, type Passkeys } from '../passkeys/store.ts';
import {
  creationOptions,
  personOf,
  readAsserted,
  readCreated,
  requestOptions,
  siteOf,
  type Site
} from '../passkeys/webauthn.ts';
import type { Registry } from '../registry/types.ts';
import type { Prove } from './factor/prove.ts';
import type { Authenticate } from './identity.ts';
import type { Keys } from './keys.ts';
import type { OriginOf } from './origin.ts';
import { parse } from './parse.ts';
import { badRequest, notFound, Problem } from './problem.ts';
import type { Admit } from './sessions/admit.ts';
import { describeDevice } from './sessions/user-agent.ts';

export interface PasskeyParts {
  passkeys: Passkeys;
  registry: Pick<Registry, 'person'>;
  keys: Keys;
  audit: Audit;
  admit: Admit;
  authenticate: Authenticate;
  prove: Prove;
  originOf: OriginOf;
}

/** A person has a phone, a computer and a key on her ring; nobody needs so many. */
const AT_MOST = 12;
/** Signatures that one address may have checked in a minute; an office behind one address stays below it. */
const PER_MINUTE = 300;
const BODY_LIMIT = 32_768;
const SIGN_IN = 'sign-in';

const ANYONE = { bodyLimit: BODY_LIMIT, config: { guard: 'anyone' } } as const;
const GUARDED = { bodyLimit: BODY_LIMIT, config: { guard: { resource: 'passkeys' } } } as const;

const wrong = (status: 400 | 401): Problem =>
  new Problem(status, 'wrong-passkey', 'This passkey is not known here, or was not used as it should be.');

/** Accepts the challenge of one use, and tells afterwards which it was. */
function listener(keys: Keys, subject: string) {
  let answered: Answered | undefined;
  return {
    isGiven: async (challenge: string): Promise<boolean> => {
      answered = await readChallenge(keys, subject, challenge);
      return answered !== undefined;
    },
    isFresh: async ({ useUp }: Pick<Passkeys, 'useUp'>): Promise<boolean> =>
      answered !== undefined && useUp(answered.id, answered.until)
  };
}

const describe = (document: PasskeyDocument): Passkey => {
  const { credential, transports, name, browser, system, synced, createdAt, usedAt } = document;
  return { id: passkeyId(document), credential, transports, name, browser, system, synced, createdAt, usedAt };
};

/** `/api/passkeys` (domain/passkeys.ts). A passkey asks for finger, face or PIN each time, so it counts as two factors. */
export async function passkeyRoutes(app: FastifyInstance, parts: PasskeyParts): Promise<void> {
  const { passkeys, registry, keys, audit, admit, authenticate, prove, originOf } = parts;
  await app.register(rateLimit, {
    max: PER_MINUTE,
    timeWindow: 60_000,
    addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    errorResponseBuilder: (_request, context) =>
      new Problem(429, 'too-many-tries', 'Too many requests.', Math.ceil(context.ttl / 1000))
  });

  const site = (request: FastifyRequest): Site => {
    const origin = originOf(request);
    if (!origin) throw new Problem(503, 'no-passkeys', 'Passkeys need SMARTASN_ORIGIN (docs/operations.md).');
    return siteOf(origin);
  };
  const noted = (action: Action, person: string): Promise<void> =>
    audit.record({ action, by: { person }, why: 'own-request', about: [person] });

  app.post('/api/passkeys/options', GUARDED, async (request) => {
    const where = site(request);
    const person = await prove(request);
    const challenge = await makeChallenge(keys, (await authenticate(request)).session);
    return creationOptions({ site: where, challenge }, person, await passkeys.list(person.id));
  });

  app.post('/api/passkeys', GUARDED, async (request): Promise<Passkey> => {
    const { person, session } = await authenticate(request);
    const created = parse(newPasskey, request.body);
    const listening = listener(keys, session);
    const credential = await readCreated(created, site(request), listening.isGiven).catch((error: unknown) => {
      if (error instanceof Problem) throw error;
      throw wrong(400);
    });
    if ((await passkeys.list(person)).length >= AT_MOST)
      throw new Problem(409, 'too-many-passkeys', `A person has at most ${AT_MOST} passkeys.`);
    if (!(await listening.isFresh(passkeys))) throw wrong(400);
    const { transports } = created.response;
    const about = { ...describeDevice(request.headers['user-agent']), createdAt: new Date().toISOString() };
    if (!(await passkeys.put({ person, ...credential, transports, ...about }))) throw wrong(400);
    await noted('added-passkey', person);
    const kept = await passkeys.byCredential(person, credential.credential);
    if (!kept) throw wrong(400);
    return describe(kept);
  });

  app.get('/api/passkeys', GUARDED, async (request) => {
    const { person } = await authenticate(request);
    return { passkeys: (await passkeys.list(person)).map(describe) };
  });

  app.put<{ Params: { id: string } }>('/api/passkeys/:id', GUARDED, async (request, reply) => {
    const { person } = await authenticate(request);
    const { name } = parse(renamePasskey, request.body);
    const found = await passkeys.get(person, request.params.id);
    if (!found) throw notFound('There is no such passkey of yours.');
    if (!(await passkeys.put({ ...found, name }))) throw badRequest('The passkey was changed at this moment.');
    return reply.code(204).send();
  });

  app.delete<{ Params: { id: string } }>('/api/passkeys/:id', GUARDED, async (request, reply) => {
    const { person } = await authenticate(request);
    if (!(await passkeys.remove(person, request.params.id))) throw notFound('There is no such passkey of yours.');
    await noted('removed-passkey', person);
    return reply.code(204).send();
  });

  app.post('/api/passkeys/sign-in/options', ANYONE, async (request) =>
    requestOptions({ site: site(request), challenge: await makeChallenge(keys, SIGN_IN) })
  );

  app.post('/api/passkeys/sign-in', ANYONE, async (request) => {
    const asserted = parse(passkeySignIn, request.body);
    const where = site(request);
    const handle = personOf(asserted.response.userHandle);
    const found = UUID_PATTERN.test(handle) ? await passkeys.byCredential(handle, asserted.id) : undefined;
    const person = found && (await registry.person(found.person));
    if (!person) throw wrong(401);
    const listening = listener(keys, SIGN_IN);
    const { counter, synced } = await readAsserted(asserted, found, where, listening.isGiven).catch(() => {
      throw wrong(401);
    });
    if (!(await listening.isFresh(passkeys))) throw wrong(401);
    // One that counts has to count on: where it does not, there are two of it, and nobody knows which is hers.
    if ((counter > 0 || found.counter > 0) && counter <= found.counter) {
      await noted('refused-passkey', person.id);
      throw wrong(401);
    }
    // Where another sign-in with the same passkey wrote first, what it wrote is newer.
    const kept = await passkeys.put({ ...found, counter, synced, usedAt: new Date().toISOString() });
    if (!kept && counter > 0) throw wrong(401);
    return admit(person, request);
  });
}
