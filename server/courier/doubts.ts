import { personDatabase } from '../../src/lib/domain/databases.ts';
import { openDatabase } from '../registry/database.ts';
import type { Registry } from '../registry/types.ts';
import type { OwnChange } from './change.ts';
import { deliver, type Delivery } from './deliver.ts';

/** How long a request of a courier that is dead or slow may still be on its way, ms. */
const SETTLED = 15_000;

interface Doubt {
  person: string;
  change: OwnChange;
  /** When nothing was found to remove. */
  at: number;
}

export interface Doubts {
  add(person: string, change: OwnChange): void;
  /** Those whose removals have to be looked after: a courier that begins after this one dies has to find them again. */
  persons(): Set<string>;
  /** Looks once more after what is to be removed, as soon as it is old enough. */
  check(age?: number): Promise<void>;
}

/**
 * Removals that found no copy. The courier before this one may have died, or hang, with the copy on its way into a
 * channel, and CouchDB has nothing that would keep a first revision out. All later writes name the revision that they
 * change, so they come too late by themselves.
 */
export function createDoubts(courier: Omit<Delivery, 'doubt'> & { registry: Pick<Registry, 'persons'> }): Doubts {
  const doubts = new Map<string, Doubt>();
  const delivery: Delivery = { ...courier, doubt: () => undefined };

  const look = async (id: string, found: Doubt[]): Promise<void> => {
    const own = openDatabase(courier.couch, 'courier', personDatabase(id));
    const living = await own.byIds(found.map(({ change }) => change.id));
    const person = (await courier.registry.persons([id])).get(id);
    // What has come back or changed since is a change of its own.
    const left = found.filter(({ change }) => (living.get(change.id)?.edit ?? change.doc.edit) === change.doc.edit);
    const changes = left.map(({ change }) => change);
    const raced = person ? await deliver(delivery, [{ person, own, changes, careful: true }]) : new Map();
    if (raced.size > 0) return;
    for (const doubt of found) if (doubts.get(doubt.change.id) === doubt) doubts.delete(doubt.change.id);
  };

  return {
    add: (person, change) => void doubts.set(change.id, { person, change, at: performance.now() }),
    persons: () => new Set([...doubts.values()].map(({ person }) => person)),
    async check(age = SETTLED) {
      const old = [...doubts.values()].filter(({ at }) => performance.now() - at >= age);
      for (const [person, found] of Map.groupBy(old, (doubt) => doubt.person)) await look(person, found);
    }
  };
}
