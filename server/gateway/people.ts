import type { Person, Registry } from '../registry/types.ts';
import { unauthorized } from './problem.ts';

/** Looks persons up for authorization; `anew` does not take what is remembered. */
export type FindPerson = (id: string, anew?: boolean) => Promise<Person>;

/** A change of membership takes effect within this time. */
const FRESH_MS = 10_000;
const CAPACITY = 20_000;

/** Remembers each person for ten seconds: every request asks. Throws 401 for a person who is no longer known. */
export function makeFindPerson(registry: Pick<Registry, 'person'>, clock: () => number = Date.now): FindPerson {
  const known = new Map<string, { until: number; person: Promise<Person | undefined> }>();
  return async (id, anew = false) => {
    const now = clock();
    let entry = known.get(id);
    if (!entry || anew || entry.until <= now) {
      if (known.size >= CAPACITY) known.clear();
      entry = { until: now + FRESH_MS, person: registry.person(id) };
      known.set(id, entry);
      entry.person.catch(() => known.delete(id));
    }
    const person = await entry.person;
    if (!person) throw unauthorized('This person is not known.');
    return person;
  };
}
