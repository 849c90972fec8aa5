import type { FastifyInstance } from 'fastify';
import { changePasswordRequest } from '../../../src/lib/domain/password.ts';
import type { Audit } from '../../audit/index.ts';
import { hashPassword } from '../../registry/password.ts';
import { passwordFault } from '../../registry/password-rules.ts';
import type { Registry } from '../../registry/types.ts';
import type { Authenticate } from '../identity.ts';
import { parse } from '../parse.ts';
import type { FindPerson } from '../people.ts';
import { Problem } from '../problem.ts';
import type { EndAllSessions } from './end-all.ts';
import type { CheckPassword } from './password-check.ts';

export interface PasswordParts {
  registry: Pick<Registry, 'setPassword'>;
  checkPassword: CheckPassword;
  endAll: EndAllSessions;
  authenticate: Authenticate;
  findPerson: FindPerson;
  audit: Audit;
}

/** `POST /api/password` (domain/password.ts). Who holds an unlocked device still has to know the password to change it. */
export async function passwordRoutes(app: FastifyInstance, parts: PasswordParts): Promise<void> {
  const { registry, checkPassword, endAll, authenticate, findPerson, audit } = parts;
  const guarded = { bodyLimit: 4_096, config: { guard: { resource: 'password' } } } as const;

  app.post('/api/password', guarded, async (request, reply) => {
    const { person: id, session } = await authenticate(request);
    const { current, next, endOthers } = parse(changePasswordRequest, request.body);
    const person = await findPerson(id);
    const holder = await checkPassword(person.account, current, request.ip);
    // Not 401: the session is good, and a device that reads 401 would sign in again.
    if (holder?.id !== id) throw new Problem(403, 'wrong-credentials', 'The present password is wrong.');
    const fault = await passwordFault(next, person);
    if (fault) throw new Problem(422, fault, 'This password is not accepted.');
    await audit.record({ action: 'changed-password', by: { person: id }, why: 'own-request', about: [id] });
    await registry.setPassword(person, await hashPassword(next));
    if (endOthers) await endAll(id, session);
    return reply.code(204).send();
  });
}
