import { randomUUID } from 'node:crypto';
import { hashPassword, verifyPassword } from '../../registry/password.ts';
import type { Person, Registry } from '../../registry/types.ts';
import { Problem } from '../problem.ts';

/** At most this many hashes at once: scrypt takes 32 MiB and a core each, and other requests want the cores too. */
const AT_ONCE = 2;
const QUEUE = 200;

/** Runs jobs a few at a time; 429 when too many wait already. */
function makeGate(): <T>(job: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (job) => {
    if (waiting.length >= QUEUE) throw new Problem(429, 'busy', 'Too many sign-ins at once.', 5);
    if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await job();
    } finally {
      // The place goes to the next in line, so `running` stays as it is unless nobody waits.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

/**
 * The person of an account and a password, or undefined. An unknown account costs the same look-ups and the same hash
 * as a known one: the answer's time must not tell which names exist.
 * @param failed hears of each wrong password of a known account
 */
export async function makeVerify(
  registry: Pick<Registry, 'byAccount' | 'person'>,
  failed: (person: string) => void
): Promise<(account: string, password: string) => Promise<Person | undefined>> {
  const gate = makeGate();
  const nobody = await hashPassword(randomUUID());
  return async (account, password) => {
    const found = await registry.byAccount(account);
    if (!found) await registry.person(randomUUID());
    const fits = await gate(() => verifyPassword(password, found?.passwordHash || nobody));
    if (found && !fits) failed(found.person.id);
    return found && fits ? found.person : undefined;
  };
}
