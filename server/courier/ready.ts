import type { Couch } from '../couch/types.ts';
import { CouchError, openDatabase, type Database } from '../registry/database.ts';

/** Statuses of a database that is not there, or is being made and lets in nobody but the administrator yet. */
const UNREADY = new Set([403, 404]);

/** Works on a shared database, which is made when a member writes into it for the first time. */
export async function inReady<T>(couch: Couch, name: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = openDatabase(couch, 'courier', name);
  try {
    return await work(database);
  } catch (error) {
    if (!(error instanceof CouchError && UNREADY.has(error.status))) throw error;
    await couch.provision(name).catch((reason: unknown) => {
      throw new CouchError(0, `/${name}`, { reason: String(reason) });
    });
    return work(database);
  }
}
