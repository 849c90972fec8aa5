import type { Audit } from '../../audit/index.ts';

/** Tries in vain of one account make one entry of the trail within this time, ms: nobody floods it by guessing. */
const WINDOW = 3_600_000;

/** Wrong passwords and codes of known accounts, told to their owners in the audit trail. */
export interface Failures {
  failed(person: string): void;
  /** Writes what is counted for a person who comes in now, so that she finds it. */
  cameIn(person: string): Promise<void>;
  /** Writes what is older than the window; everything when the server stops. */
  sweep(isLast?: boolean): Promise<void>;
}

/** Counts in memory: of a killed process an hour is lost. `clock` gives ms since 1970. */
export function makeFailures(audit: Audit, clock: () => number = Date.now): Failures {
  const counted = new Map<string, { count: number; since: number }>();

  const write = async (person: string): Promise<void> => {
    const found = counted.get(person);
    if (!found) return;
    counted.delete(person);
    const { count, since } = found;
    const event = { action: 'failed-sign-in', by: { operator: 'gateway' }, why: 'protection' } as const;
    await audit.record({ ...event, about: [person], count }).catch((error: unknown) => {
      counted.set(person, { count: count + (counted.get(person)?.count ?? 0), since });
      throw error;
    });
  };

  return {
    failed(person) {
      const { count, since } = counted.get(person) ?? { count: 0, since: clock() };
      counted.set(person, { count: count + 1, since });
    },
    cameIn: write,
    async sweep(isLast = false) {
      const due = [...counted].filter(([, { since }]) => isLast || clock() - since >= WINDOW);
      await Promise.all(due.map(([person]) => write(person)));
    }
  };
}
