import { isOwnType } from '$lib/domain/documents/index';
import { typeOf } from '$lib/domain/ids';
import { bodyOf } from '$lib/domain/merge/leaves';
import { settle } from '$lib/domain/merge/settle';
import { SyncFailure } from '../failure';
import type { SyncStore } from '../port';
import { breathe } from '../shared-lane/breathe';
import type { ChangedRow, Leaf, OwnDatabase } from './own-database';
import type { StoredDoc } from './pouch';

const PAGE = 100;

/** Name under which the store keeps how far the own database has been projected. */
const CHECKPOINT = 'own';

/**
 * Brings changes of the own database to the screens' store. Conflicts between this person's devices are merged on the
 * way, and the merged documents become dirty. The checkpoint names the incarnation of the database, so whichever of
 * the two is lost, everything is projected again.
 */
export async function project(
  db: OwnDatabase,
  store: Pick<SyncStore, 'applyOwn' | 'checkpoint'>,
  signal: AbortSignal
): Promise<void> {
  const { incarnation } = db.state();
  const [known, sequence] = ((await store.checkpoint(CHECKPOINT)) ?? '').split('/');
  let since = known === incarnation ? Number(sequence) || 0 : 0;
  for (;;) {
    if (signal.aborted) throw new SyncFailure('aborted');
    const { rows, last } = await db.changes(since, PAGE);
    if (!rows.length) return;
    const current = await Promise.all(rows.map(({ id }) => db.leaves(id)));
    for (const [index, row] of rows.entries()) {
      if (await mergeBranches(db, row)) current[index] = await db.leaves(row.id);
    }
    await store.applyOwn({ ...asBlock(current), checkpoint: `${incarnation}/${last}` });
    since = last;
    await breathe();
  }
}

/**
 * Shows these documents as they are, changed or not: an edit that lost against a removal changed nothing here, but the
 * screens still have it.
 */
export async function projectThese(db: OwnDatabase, store: Pick<SyncStore, 'applyOwn'>, ids: string[]): Promise<void> {
  const current = await Promise.all(ids.map((id) => db.leaves(id)));
  await store.applyOwn(asBlock(current));
}

/** Every living branch: beside the one that this build can read may stand one of a newer app, to be set aside. */
function asBlock(documents: Leaf[][]): { docs: StoredDoc[]; deleted: string[] } {
  return {
    docs: documents.flatMap((leaves) => leaves.filter((leaf) => !leaf._deleted).map(bodyOf)),
    // The living come first.
    deleted: documents.flatMap(([first]) => (first?._deleted ? [first._id] : []))
  };
}

/** Merges the branches of a document, if there are any; whether something was written. */
async function mergeBranches(db: OwnDatabase, { id, revs }: ChangedRow): Promise<boolean> {
  if (revs.length < 2 || !isOwnType(typeOf(id))) return false;
  const writes = settle(await db.leaves(id));
  if (!writes.length) return false;
  // First the note, then the write: a crash in between costs one needless push, the other order would lose one.
  const { dirty } = db.state();
  if (!dirty.includes(id)) await db.setState({ dirty: [...dirty, id] });
  await db.extend(writes);
  return true;
}
