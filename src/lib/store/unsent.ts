import { Dexie } from 'dexie';
import { openDb } from './db';

/**
 * Names of the edits of a place that the server does not have, waiting or refused by it. They can be read without the
 * key, so this works for a place that is locked and perhaps never opened again.
 */
export async function unsentIn(slotId: string): Promise<string[]> {
  const name = `smartasn-${slotId}`;
  if (!(await Dexie.exists(name))) return [];
  const db = openDb(name);
  try {
    return (await db.outbox.toArray()).map(({ edit }) => edit);
  } finally {
    db.close();
  }
}
