import { personDatabase } from '../../src/lib/domain/databases.ts';
import { isMissing, openDatabase } from '../registry/database.ts';
import type { Registry } from '../registry/types.ts';
import { ownChanges } from './change.ts';
import type { Checkpoints } from './checkpoint.ts';
import { deliver, type Delivery } from './deliver.ts';

/** Changes per batch: enough to share the cost of a call, few enough to hold many persons' batches in memory. */
export const BATCH = 200;

export interface PersonCourier extends Delivery {
  registry: Registry;
  checkpoints: Checkpoints;
}

/**
 * Delivers everything new in one person's database, in its order. The checkpoint is written once at the end (and after
 * every full batch), when the receipts it caused have been read as well: reading them is what tells that nothing of
 * hers came in between.
 */
export async function deliverPerson(courier: PersonCourier, id: string): Promise<void> {
  const { couch, registry, checkpoints, log } = courier;
  const own = openDatabase(couch, 'courier', personDatabase(id));
  try {
    let since = await checkpoints.read(id);
    let moved = false;
    for (;;) {
      const page = await own.changes(since, BATCH);
      const changes = await ownChanges(own, page);
      const full = page.results.length >= BATCH;
      if (changes.length > 0) {
        const person = await registry.person(id);
        if (!person) return log(`courier: ${own.name} belongs to nobody in the registry; left alone`);
        await deliver(courier, own, person, changes);
      }
      since = page.last_seq;
      moved ||= page.results.length > 0;
      if (full && changes.length > 0) await checkpoints.write(id, since);
      if (!full && changes.length === 0) break;
    }
    if (moved) await checkpoints.write(id, since);
  } catch (error) {
    checkpoints.forget(id);
    if (!isMissing(error)) throw error;
    log(`courier: ${own.name} is gone`);
  }
}
