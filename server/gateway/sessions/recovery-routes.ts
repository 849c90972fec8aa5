import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { giveRecoveryRequest, recoverRequest, type RecoveryCode } from '../../../src/lib/domain/recovery.ts';
import { mayRecover } from '../../access/allows.ts';
import type { Audit } from '../../audit/index.ts';
import type { Kiosks } from '../../kiosk/kiosks.ts';
import { passwordFault } from '../../registry/password-rules.ts';
import type { Person, Registry } from '../../registry/types.ts';
import type { Prove } from '../factor/prove.ts';
import type { SecondStep } from '../factor/second-step.ts';
import { parse } from '../parse.ts';
import { notFound, Problem } from '../problem.ts';
import type { Admit } from './admit.ts';
import type { Failures } from './failures.ts';
import type { RecoveryCodes } from './recovery-codes.ts';
import type { Recover } from './recovery.ts';
import { makeThrottle } from './throttle.ts';

export interface RecoveryParts {
  registry: Pick<Registry, 'byAccount' | 'person'>;
  codes: RecoveryCodes;
  recover: Recover;
  admit: Admit;
  kiosks: Pick<Kiosks, 'check'>;
  prove: Prove;
  audit: Audit;
  failures: Pick<Failures, 'failed'>;
  secondStep: Pick<SecondStep, 'pass'>;
}

const wrongCode = (): Problem => new Problem(401, 'wrong-code', 'The account or the code is wrong, used or too old.');

/** `/api/recovery` (domain/recovery.ts): a colleague lets a person back in who forgot her password. */
export async function recoveryRoutes(app: FastifyInstance, parts: RecoveryParts): Promise<void> {
  const { registry, codes, recover, admit, kiosks, prove, audit, secondStep, failures } = parts;
  const throttle = makeThrottle();

  const guarded = { bodyLimit: 1_024, config: { guard: { resource: 'recovery' } } } as const;
  app.post('/api/recovery', guarded, async (request): Promise<RecoveryCode> => {
    const { person: id, checked } = parse(giveRecoveryRequest, request.body);
    const helper = await prove(request);
    const person = await registry.person(id);
    if (!person) throw notFound('This person is not known.');
    if (!mayRecover(helper, person)) throw new Problem(403, 'not-yours', 'Somebody else has to help this person.');
    if (!(await registry.byAccount(person.account)))
      throw new Problem(404, 'no-account', 'This person has no account yet.');
    const [by, why] = [{ person: helper.id }, `checked-${checked}`] as const;
    await audit.record({ action: 'gave-recovery', by, why, about: [id] });
    const { code, until } = await codes.give(id);
    return { code, expiresAt: new Date(until).toISOString() };
  });

  /** The holder of an account and its code. An account that is not known costs the same look-ups. */
  async function holderOf(account: string, code: string): Promise<Person | undefined> {
    const found = await registry.byAccount(account);
    if (!found) await registry.person(randomUUID());
    if (await codes.fits(found?.person.id ?? randomUUID(), code)) return found?.person;
    if (found) failures.failed(found.person.id);
    return undefined;
  }

  const anyone = { bodyLimit: 4_096, config: { guard: 'anyone' } } as const;
  app.post('/api/recovery/session', anyone, async (request) => {
    const { account, code, password, kiosk: proof } = parse(recoverRequest, request.body);
    const name = account.toLowerCase();
    const wait = throttle.attempt(name, request.ip);
    if (wait > 0) throw new Problem(429, 'too-many-tries', 'Too many wrong codes.', wait);
    const person = await holderOf(name, code);
    if (!person) {
      throttle.failed(name, request.ip);
      throw wrongCode();
    }
    throttle.succeeded(name, request.ip);
    const kiosk = proof && (await kiosks.check(proof));
    if (proof && !kiosk) throw new Problem(401, 'kiosk-ended', 'This is no kiosk of the office, or no longer.');
    const fault = await passwordFault(password, person);
    if (fault) throw new Problem(422, fault, 'This password is not accepted.');
    if (!(await codes.take(person.id, code))) throw wrongCode();
    await recover(person, password);
    // Where the account must have a second factor it makes a new one first, by signing in with the new password.
    await secondStep.pass(person, {}, request.ip);
    return admit(person, request, kiosk);
  });
}
