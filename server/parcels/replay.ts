import { createHash } from 'node:crypto';
import { parseOwn } from '../../src/lib/domain/documents/index.ts';
import { bodyOf, winnersFirst, type Leaf, type StoredDoc } from '../../src/lib/domain/merge/leaves.ts';
import { settle } from '../../src/lib/domain/merge/settle.ts';
import type { ParcelEdit } from '../../src/lib/domain/parcel/body.ts';
import type { Couch } from '../couch/types.ts';
import { CouchError, isMissing, openDatabase, request, type BulkRow, type Database } from '../registry/database.ts';

/** Devices of the person may write at the same moment; more often than this in a row they do not. */
const TRIES = 10;

async function leavesOf(database: Database, id: string): Promise<Leaf[]> {
  const leaves: Leaf[] = await database.leaves(id, 'all').catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  return leaves.sort(winnersFirst);
}

/** A branch of its own that follows from the edit, so that bringing it twice makes one branch. */
const branchOf = (doc: StoredDoc): StoredDoc => ({
  ...doc,
  _rev: `1-${createHash('md5').update(String(doc.edit)).digest('hex')}`
});

/** What has to be written: new revisions, or a branch beside what this build cannot read. */
function writesFor(leaves: Leaf[], edit: ParcelEdit): { extend: StoredDoc[]; insert: StoredDoc[] } {
  const doc = bodyOf(edit);
  const read = edit.deleted ? { _id: edit._id, deleted: true as const, edit: edit.edit } : parseOwn(doc);
  const writes = read ? settle(leaves, read) : leaves.some((leaf) => leaf.edit === edit.edit) ? [] : [doc];
  const isBeside = !read || (leaves.some((leaf) => !leaf._deleted) && writes.some((write) => write._rev === undefined));
  return isBeside ? { extend: [], insert: writes.map(branchOf) } : { extend: writes, insert: [] };
}

/** Whether an edit is in the person's database now; false when the write rules are against it. */
async function bring(couch: Couch, database: Database, edit: ParcelEdit): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const { extend, insert } = writesFor(await leavesOf(database, edit._id), edit);
    try {
      // One by one: an interrupted merge is finished by whoever comes next.
      for (const doc of extend) await database.put(doc);
      if (!insert.length) return true;
      const body = JSON.stringify({ docs: insert, new_edits: false });
      const path = `/${encodeURIComponent(database.name)}/_bulk_docs`;
      const rows = await request<BulkRow[]>(couch, 'gateway', path, { method: 'POST', body });
      return !rows.some((row) => row.error);
    } catch (error) {
      if (!(error instanceof CouchError)) throw error;
      if (error.status === 403 || error.status === 413) return false;
      if (error.status !== 409) throw error;
    }
  }
  throw new CouchError(0, `/${database.name}/${edit._id}`, { reason: 'the document moves all the time' });
}

/**
 * Brings edits into a person's database as her own devices do: merged with what is there, under the rights of the
 * gateway. Each may be brought any number of times, here and by the network.
 * @returns how many the write rules would not take
 */
export async function replay(couch: Couch, name: string, edits: ParcelEdit[]): Promise<number> {
  const database = openDatabase(couch, 'gateway', name);
  let refused = 0;
  for (const edit of edits) if (!(await bring(couch, database, edit))) refused += 1;
  return refused;
}
