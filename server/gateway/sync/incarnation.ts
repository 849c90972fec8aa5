import { randomBytes } from 'node:crypto';
import type { Couch } from '../../couch/types.ts';
import { CouchError, openDatabase } from '../../registry/database.ts';

/** A local document dies with its database and is never replicated, so it names this one life of the database. */
const ID = '_local/incarnation';

/**
 * The random name of a database's life, given when it is first asked for; undefined when there is no such database.
 * Written as administrator: a local document passes no write rule, so nobody else should be able to.
 */
export async function readIncarnation(couch: Couch, name: string): Promise<string | undefined> {
  const database = openDatabase(couch, 'admin', name);
  for (;;) {
    const known = await database.get<{ value: string }>(ID);
    if (known) return known.value;
    const draft = { _id: ID, value: randomBytes(6).toString('base64url') };
    try {
      await database.put(draft);
    } catch (error) {
      if (!(error instanceof CouchError)) throw error;
      if (error.status === 404) return undefined;
      if (error.status !== 409) throw error;
    }
  }
}
