import type { OwnDatabase } from './own-database';
import type { StoredDoc } from './pouch';
import type { Remote } from './remote';

/** Rows of one changes request, and documents of one fetch: small enough to make headway between two cuts. */
const PAGE = 500;
const FETCH = 50;

/**
 * Brings what is new on the server into the own database, as CouchDB's replicator does: changes, which of them are
 * missing, fetch, write with history, then the checkpoint. Two requests when something changed, one when nothing did.
 * @returns whether the server seems to have lost its past (restored from a backup, or wiped)
 */
export async function pullOwn(db: OwnDatabase, remote: Remote, announced?: string): Promise<{ lostPast: boolean }> {
  let lostPast = false;
  for (;;) {
    const before = db.state().pulled;
    const { rows, last } = await remote.changes(before, PAGE);
    const documents = rows.filter(({ id }) => !id.startsWith('_'));
    const missing = await db.missing(documents);
    for (let at = 0; at < missing.length; at += FETCH) {
      await db.insert(await remote.bulkGet(missing.slice(at, at + FETCH)));
    }
    if (before !== undefined && numberOf(last) < numberOf(before)) lostPast = true;
    const isLast = rows.length < PAGE;
    await db.setState({ pulled: last, ...(isLast && { announced }) });
    if (isLast) return { lostPast };
  }
}

/** CouchDB's sequences are opaque but for the number they begin with, which only grows while a database lives. */
const numberOf = (sequence: string): number => Number.parseInt(sequence, 10) || 0;

/** Whether something that came from the server is a revision that can be stored. */
export const isRevision = (value: unknown): value is StoredDoc & { _rev: string } => {
  const { _id, _rev } = (value ?? {}) as Partial<StoredDoc>;
  return typeof _id === 'string' && !_id.startsWith('_') && typeof _rev === 'string';
};

/** Writes those of these revisions that are not here yet, as this device's own mostly are. */
export async function insertMissing(db: OwnDatabase, docs: (StoredDoc & { _rev: string })[]): Promise<void> {
  const revs = new Map<string, string[]>();
  for (const { _id, _rev } of docs) revs.set(_id, [...(revs.get(_id) ?? []), _rev]);
  const missing = await db.missing([...revs].map(([id, leaves]) => ({ id, revs: leaves })));
  const wanted = new Set(missing.map(({ id, rev }) => `${id} ${rev}`));
  await db.insert(docs.filter(({ _id, _rev }) => wanted.has(`${_id} ${_rev}`)));
}
