import type { FastifyInstance } from 'fastify';
import { DEVICE_LOST, refreshRequest, signInRequest } from '../../../src/lib/domain/api.ts';
import type { Audit } from '../../audit/index.ts';
import type { Kiosks } from '../../kiosk/kiosks.ts';
import type { Registry } from '../../registry/types.ts';
import type { SecondStep } from '../factor/second-step.ts';
import type { Authenticate } from '../identity.ts';
import type { Keys } from '../keys.ts';
import { parse } from '../parse.ts';
import { Problem } from '../problem.ts';
import type { EndedSessions } from './ended.ts';
import type { Admit } from './admit.ts';
import { makeGrant } from './grant.ts';
import type { CheckPassword } from './password-check.ts';
import type { Sessions } from './store.ts';

export interface SessionParts {
  registry: Pick<Registry, 'person'>;
  checkPassword: CheckPassword;
  keys: Keys;
  sessions: Sessions;
  ended: EndedSessions;
  kiosks: Pick<Kiosks, 'check'>;
  authenticate: Authenticate;
  audit: Audit;
  admit: Admit;
  secondStep: Pick<SecondStep, 'pass'>;
}

const BODY_LIMIT = 4_096;

/** `POST /api/session`, `POST /api/session/refresh`, `DELETE /api/session` (domain/api.ts). */
export async function sessionRoutes(app: FastifyInstance, parts: SessionParts): Promise<void> {
  const { registry, checkPassword, keys, sessions, ended, kiosks, authenticate, audit, admit, secondStep } = parts;

  app.post('/api/session', { bodyLimit: BODY_LIMIT, config: { guard: 'anyone' } }, async (request) => {
    const { account, password, code, ticket, kiosk: proof } = parse(signInRequest, request.body);
    const person = await checkPassword(account, password, request.ip);
    if (!person) throw new Problem(401, 'wrong-credentials', 'The account or the password is wrong.');
    const kiosk = proof && (await kiosks.check(proof));
    if (proof && !kiosk) throw new Problem(401, 'kiosk-ended', 'This is no kiosk of the office, or no longer.');
    const recovery = await secondStep.pass(person, { code, ticket }, request.ip);
    const grant = await admit(person, request, kiosk);
    return recovery ? { ...grant, recovery } : grant;
  });

  app.post('/api/session/refresh', { bodyLimit: BODY_LIMIT, config: { guard: 'anyone' } }, async (request) => {
    const { refresh } = parse(refreshRequest, request.body);
    const used = await sessions.use(refresh);
    if (!used && (await sessions.isLost(refresh, 'told')))
      throw new Problem(403, DEVICE_LOST, 'This device was reported lost.');
    const known = used && (await registry.person(used.person));
    if (!used || !known) throw new Problem(401, 'session-ended', 'This session has ended.');
    return makeGrant(keys, used, refresh);
  });

  /** Ends the session of the bearer token, or of the refresh token in the body when the access token is over. */
  app.delete('/api/session', { bodyLimit: BODY_LIMIT, config: { guard: 'anyone' } }, async (request, reply) => {
    const refresh = request.body ? parse(refreshRequest, request.body).refresh : undefined;
    const identity = refresh === undefined ? await authenticate(request) : await sessions.use(refresh);
    if (!identity && refresh !== undefined) await sessions.isLost(refresh, 'destroyed');
    if (identity) {
      ended.add(identity.session);
      await sessions.end(identity.session);
      const { person } = identity;
      await audit.record({ action: 'signed-out', by: { person }, why: 'own-request', about: [person] });
    }
    return reply.code(204).send();
  });
}
