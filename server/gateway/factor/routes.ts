import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  confirmRequest,
  type Enrolment,
  type FactorState,
  type RecoveryCodes
} from '../../../src/lib/domain/factor.ts';
import type { Audit } from '../../audit/index.ts';
import type { Factors } from '../../factor/factors.ts';
import type { Person } from '../../registry/types.ts';
import type { Authenticate } from '../identity.ts';
import { parse } from '../parse.ts';
import type { FindPerson } from '../people.ts';
import { notFound, Problem, unavailable } from '../problem.ts';
import { asForbidden, type Prove } from './prove.ts';
import type { SecondStep } from './second-step.ts';

export interface FactorParts {
  factors: Factors;
  secondStep: SecondStep;
  prove: Prove;
  authenticate: Authenticate;
  findPerson: FindPerson;
  audit: Audit;
}

const GUARDED = { bodyLimit: 4_096, config: { guard: { resource: 'factor' } } } as const;

/** `/api/factor` (domain/factor.ts). Who finds a device unlocked changes nothing here: the password is asked for. */
export async function factorRoutes(app: FastifyInstance, parts: FactorParts): Promise<void> {
  const { factors, secondStep, prove, authenticate, findPerson, audit } = parts;

  const asking = async (request: FastifyRequest): Promise<Person> => findPerson((await authenticate(request)).person);

  app.get('/api/factor', GUARDED, async (request): Promise<FactorState> => {
    const person = await asking(request);
    const found = await factors.of(person.id);
    return { on: found !== undefined, ...found, required: secondStep.isRequired(person) };
  });

  app.post('/api/factor/enrolment', GUARDED, async (request): Promise<Enrolment> =>
    factors.begin(await prove(request))
  );

  app.post('/api/factor', GUARDED, async (request): Promise<RecoveryCodes> => {
    const person = await asking(request);
    const { ticket, code } = parse(confirmRequest, request.body);
    return { recovery: await secondStep.confirm(person, ticket, code, request.ip).catch(asForbidden) };
  });

  app.post('/api/factor/codes', GUARDED, async (request): Promise<RecoveryCodes> => {
    const { id } = await prove(request);
    if (!(await factors.of(id))) throw notFound('There is no second factor.');
    await audit.record({ action: 'renewed-recovery-codes', by: { person: id }, why: 'own-request', about: [id] });
    const recovery = await factors.renew(id);
    if (!recovery) throw unavailable('The second factor changed meanwhile.');
    return { recovery };
  });

  app.delete('/api/factor', GUARDED, async (request, reply) => {
    const person = await prove(request);
    const { id } = person;
    if (secondStep.isRequired(person)) throw new Problem(403, 'factor-required', 'This account needs a second factor.');
    if (await factors.of(id)) {
      await audit.record({ action: 'removed-factor', by: { person: id }, why: 'own-request', about: [id] });
      await factors.remove(id);
    }
    return reply.code(204).send();
  });
}
