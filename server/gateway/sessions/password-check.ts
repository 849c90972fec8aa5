import type { Person, Registry } from '../../registry/types.ts';
import { Problem } from '../problem.ts';
import type { Failures } from './failures.ts';
import { makeThrottle } from './throttle.ts';
import { makeVerify } from './verify.ts';

/**
 * The person whose password this is; undefined when it is not hers. Throws 429 to who has failed too often, whatever
 * was asked for: who may not guess when she signs in may not guess when she changes it either.
 */
export type CheckPassword = (account: string, password: string, address: string) => Promise<Person | undefined>;

export async function makeCheckPassword(
  registry: Pick<Registry, 'byAccount' | 'person'>,
  failures: Pick<Failures, 'failed'>
): Promise<CheckPassword> {
  const throttle = makeThrottle();
  const verify = await makeVerify(registry, failures.failed);
  return async (account, password, address) => {
    const name = account.toLowerCase();
    const wait = throttle.attempt(name, address);
    if (wait > 0) throw new Problem(429, 'too-many-tries', 'Too many wrong passwords.', wait);
    const person = await verify(name, password);
    if (person) throttle.succeeded(name, address);
    else throttle.failed(name, address);
    return person;
  };
}
