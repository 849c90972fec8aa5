import type { Audit } from '../../audit/index.ts';
import type { Failures } from './failures.ts';
import type { Sessions } from './store.ts';

/** Sessions of which every beginning is noted in the audit trail, by whatever way the person came in, and what failed before. */
export const withAudit = (sessions: Sessions, audit: Audit, failures: Pick<Failures, 'cameIn'>): Sessions => ({
  ...sessions,
  async begin(person, ...rest) {
    const begun = await sessions.begin(person, ...rest);
    await failures.cameIn(person);
    await audit.record({ action: 'signed-in', by: { person }, why: 'own-request', about: [person] });
    return begun;
  }
});
