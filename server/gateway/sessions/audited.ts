import type { Audit } from '../../audit/index.ts';
import type { Sessions } from './store.ts';

/** Sessions of which every beginning is noted in the audit trail, by whatever way the person came in. */
export const withAudit = (sessions: Sessions, audit: Audit): Sessions => ({
  ...sessions,
  async begin(person, ...rest) {
    const begun = await sessions.begin(person, ...rest);
    await audit.record({ action: 'signed-in', by: { person }, why: 'own-request', about: [person] });
    return begun;
  }
});
