import { parseDatabase } from '../../../src/lib/domain/databases.ts';
import { suffixOf, UUID_PATTERN } from '../../../src/lib/domain/ids.ts';
import type { Principal } from '../../access/allows.ts';
import type { Audit, AuditEvent } from '../../audit/index.ts';

/** Notes who looks at the data of others. One look of a day stands for all of them, so that following costs nothing. */
export interface Sightings {
  /** Before a database is read, or one document of it. */
  read(who: Principal, database: string, document?: string): Promise<void>;
  /** Before an auditor reads the trail, of everybody or of one person. */
  trail(who: Principal, person?: string): Promise<void>;
}

/** Looks that are remembered; whoever has forgotten one writes one entry more. */
const CAPACITY = 50_000;

const DAY = 86_400_000;

export function makeSightings(audit: Audit, clock: () => number = Date.now): Sightings {
  const seen = new Set<string>();
  let today = 0;

  const once = async (event: AuditEvent): Promise<void> => {
    const day = Math.floor(clock() / DAY);
    if (day !== today || seen.size >= CAPACITY) seen.clear();
    today = day;
    const name = JSON.stringify(event);
    if (seen.has(name)) return;
    await audit.record(event);
    seen.add(name);
  };

  return {
    async read({ id, agency }, database, document) {
      const parsed = parseDatabase(database);
      const by = { person: id };
      if (parsed?.kind === 'office') {
        await once({ action: 'read-office', by, why: 'duty', what: database });
      } else if (parsed?.kind === 'directory' && parsed.key !== agency && document !== undefined) {
        const subject = suffixOf(document);
        const about = UUID_PATTERN.test(subject) && subject !== id ? [subject] : [];
        if (about.length > 0) await once({ action: 'read-profile', by, why: 'colleague', about, what: database });
      }
    },
    trail: ({ id }, person) =>
      once({ action: 'read-audit', by: { person: id }, why: 'supervision', ...(person ? { about: [person] } : {}) })
  };
}
