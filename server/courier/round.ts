import { personDatabase } from '../../src/lib/domain/databases.ts';
import { isMissing, isOutage, openDatabase, type ChangesPage, type Database } from '../registry/database.ts';
import type { Registry } from '../registry/types.ts';
import type { Batch } from './batch.ts';
import { ownChanges, type OwnChange } from './change.ts';
import type { Checkpoints } from './checkpoint.ts';
import { deliver, type Delivery } from './deliver.ts';

/** Changes read of one person at a time: enough to share the cost of a call, few enough to hold those of many. */
export const PAGE = 100;

export interface RoundOptions extends Delivery {
  registry: Pick<Registry, 'persons'>;
  checkpoints: Checkpoints;
  /** Whether this courier is the first that should deliver what this person wrote. */
  isMine(person: string): boolean;
  /** Has the person come once more, at once. */
  again(person: string): void;
}

interface Reading {
  id: string;
  own: Database;
  page: ChangesPage;
  changes: OwnChange[];
}

/**
 * Makes the courier's work: a round delivers the next changes of some persons, each in her order, sharing the calls
 * that concern shared databases. Answers the persons who have to come again later, and why; rejects when the database
 * does not answer.
 */
export function createRound(courier: RoundOptions): (ids: string[]) => Promise<Map<string, unknown>> {
  const { couch, registry, checkpoints, log, again } = courier;
  /** Persons for whom a conflict has told that something was done before. */
  const careful = new Set<string>();

  const read = async (id: string): Promise<Reading> => {
    const own = openDatabase(couch, 'courier', personDatabase(id));
    const page = await own.changes(await checkpoints.read(id), PAGE);
    return { id, own, page, changes: await ownChanges(own, page) };
  };

  const readAll = async (ids: string[], failed: Map<string, unknown>): Promise<Reading[]> => {
    const readings: Reading[] = [];
    await Promise.all(
      ids.map(async (id) => {
        try {
          readings.push(await read(id));
        } catch (error) {
          if (!isOutage(error)) checkpoints.forget(id);
          if (isMissing(error)) log(`courier: ${personDatabase(id)} is gone`);
          else failed.set(id, error);
        }
      })
    );
    // One sick database is its person's trouble alone.
    if (readings.length === 0) for (const error of failed.values()) if (isOutage(error)) throw error;
    return readings;
  };

  return async (ids) => {
    const failed = new Map<string, unknown>();
    const readings = await readAll(ids, failed);
    const busy = readings.filter(({ changes }) => changes.length > 0);
    const persons = await registry.persons(busy.map(({ id }) => id));
    const batches = busy.flatMap(({ id, own, changes }): Batch[] => {
      const person = persons.get(id);
      return person ? [{ person, own, changes, careful: careful.has(id) }] : [];
    });
    const raced = await deliver(courier, batches);
    for (const { id, own, page, changes } of readings) {
      const race = raced.get(id);
      if (changes.length > 0 && !persons.has(id)) {
        log(`courier: ${own.name} belongs to nobody in the registry; left alone`);
      } else if (race && careful.has(id)) {
        failed.set(id, race);
      } else if (race) {
        careful.add(id);
        again(id);
      } else {
        careful.delete(id);
        checkpoints.advance(id, page.last_seq, changes.length, courier.isMine(id));
        if (page.results.length >= PAGE) again(id);
      }
    }
    return failed;
  };
}
