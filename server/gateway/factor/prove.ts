import type { FastifyRequest } from 'fastify';
import { proveRequest } from '../../../src/lib/domain/factor.ts';
import type { Person } from '../../registry/types.ts';
import type { Authenticate } from '../identity.ts';
import { parse } from '../parse.ts';
import type { FindPerson } from '../people.ts';
import { Problem } from '../problem.ts';
import type { CheckPassword } from '../sessions/password-check.ts';
import type { SecondStep } from './second-step.ts';

export interface ProveParts {
  secondStep: SecondStep;
  checkPassword: CheckPassword;
  authenticate: Authenticate;
  findPerson: FindPerson;
}

/** The signed-in person, who has shown her password and, where the factor is on, a code (`proveRequest`). */
export type Prove = (request: FastifyRequest) => Promise<Person>;

/** Of a signed-in person 401 would say that her session is over, so the same problems are 403 here. */
export const asForbidden = (error: unknown): never => {
  if (error instanceof Problem && error.status === 401)
    throw new Problem(403, error.code, error.message, error.retryAfter, error.more);
  throw error;
};

/** Who finds a device unlocked does not thereby change how its owner signs in. */
export const makeProve =
  ({ secondStep, checkPassword, authenticate, findPerson }: ProveParts): Prove =>
  async (request) => {
    const person = await findPerson((await authenticate(request)).person);
    const { password, code } = parse(proveRequest, request.body);
    const holder = await checkPassword(person.account, password, request.ip);
    if (holder?.id !== person.id) throw new Problem(403, 'wrong-credentials', 'The password is wrong.');
    await secondStep.pass(person, { code }, request.ip, false).catch(asForbidden);
    return person;
  };
