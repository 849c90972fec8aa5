import type { Audit } from '../../audit/index.ts';
import type { Factors } from '../../factor/factors.ts';
import { passkeyId, type Passkeys } from '../../passkeys/store.ts';
import { hashPassword } from '../../registry/password.ts';
import type { Person, Registry } from '../../registry/types.ts';
import { unavailable } from '../problem.ts';
import type { EndAllSessions } from './end-all.ts';

export interface RecoverParts {
  registry: Pick<Registry, 'setPassword'>;
  passkeys: Pick<Passkeys, 'list' | 'remove'>;
  factors: Pick<Factors, 'remove'>;
  endAll: EndAllSessions;
  audit: Audit;
}

/**
 * Gives the account back to a person who proved by a code that somebody who knows her let her in again: with a new
 * password, and without anything that whoever had the account before can still use.
 */
export type Recover = (person: Person, password: string) => Promise<void>;

export const makeRecover =
  ({ registry, passkeys, factors, endAll, audit }: RecoverParts): Recover =>
  async (person, password) => {
    const { id } = person;
    await audit.record({ action: 'recovered', by: { person: id }, why: 'own-request', about: [id] });
    if (!(await registry.setPassword(person, await hashPassword(password))))
      throw unavailable('The account has gone meanwhile.');
    for (const passkey of await passkeys.list(id)) await passkeys.remove(id, passkeyId(passkey));
    await factors.remove(id);
    await endAll(id);
  };
