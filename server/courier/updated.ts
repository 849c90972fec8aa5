import { isDeepStrictEqual } from 'node:util';
import { personDatabase, REGISTRY } from '../../src/lib/domain/databases.ts';
import { SCHEMAS } from '../../src/lib/domain/documents/versions.ts';
import { openDatabase, request, type Stored } from '../registry/database.ts';
import type { Registry } from '../registry/types.ts';
import { personOf } from './behind.ts';
import { postponedChanges } from './change.ts';
import { deliver, type Delivery } from './deliver.ts';

const ID = '_local/courier-knows';

export interface UpdatedOptions extends Delivery {
  registry: Pick<Registry, 'persons'>;
  signal: AbortSignal;
}

/**
 * Judges anew what servers of older builds postponed, once for every build that knows other schemas than the one before
 * it; otherwise one request. Doing it twice, or beside another courier, delivers the same.
 */
export async function judgePostponed(options: UpdatedOptions): Promise<void> {
  const { couch, signal } = options;
  const registry = openDatabase(couch, 'admin', REGISTRY);
  const kept = await registry.get<Stored>(ID);
  if (isDeepStrictEqual(kept?.schemas, SCHEMAS)) return;
  for (const name of await request<string[]>(couch, 'admin', '/_all_dbs')) {
    const person = personOf(name);
    if (signal.aborted) return;
    if (person) await judgePerson(options, person);
  }
  const known = { _id: ID, _rev: kept?._rev, schemas: SCHEMAS };
  await registry.put(known);
}

async function judgePerson(options: UpdatedOptions, id: string): Promise<void> {
  const own = openDatabase(options.couch, 'courier', personDatabase(id));
  for (let raced = true; raced && !options.signal.aborted;) {
    const changes = await postponedChanges(own, await own.byPrefix('receipt:'));
    const person = changes.length ? (await options.registry.persons([id])).get(id) : undefined;
    if (!person) return;
    raced = (await deliver(options, [{ person, own, changes, careful: true }])).size > 0;
  }
}
