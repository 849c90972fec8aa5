import { isInboxType, isOwnType, mergeOwn, parseOwn, type OwnDocument } from '../../src/lib/domain/documents/index.ts';
import { isPostponed } from '../../src/lib/domain/documents/receipt.ts';
import { isNewer } from '../../src/lib/domain/documents/versions.ts';
import { receiptId, typeOf } from '../../src/lib/domain/ids.ts';
import type { ChangesPage, Database } from '../registry/database.ts';
import { editOf } from './receipts.ts';

/** An own document that changed, with all its leaves merged; a deleted one may still carry `edit` and `channel`. */
export interface OwnChange {
  id: string;
  deleted: boolean;
  doc: Record<string, unknown>;
  /** Whether this is the document's first and only revision: most probably nothing has been delivered of it yet. */
  first: boolean;
}

type Row = ChangesPage['results'][number];

/** Whether a row is something a person wrote: neither design documents nor what the server itself writes here. */
const isOwn = (row: Row): boolean =>
  row.deleted ? isOwnType(typeOf(row.id)) : !row.id.startsWith('_design/') && !isInboxType(typeOf(row.id));

/** A document without what only the database says about it. */
export const plain = (doc: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(doc).filter(([name]) => name !== '_rev' && name !== '_conflicts'));

/**
 * Merges the leaves that pass their schema; the winner alone when fewer than two do. A leaf that only a newer build can
 * read speaks for all: merged without it they would say less than the person wrote.
 */
export function mergeLeaves(winner: Record<string, unknown>, others: Record<string, unknown>[]) {
  const newer = [winner, ...others].find(isNewer);
  if (newer) return newer;
  const parsed = [winner, ...others].map(parseOwn).filter((doc) => doc !== undefined);
  const [first, ...rest] = parsed.filter((doc) => doc.type === parsed[0]?.type);
  return first ? rest.reduce<OwnDocument>((merged, doc) => mergeOwn(merged, doc), first) : winner;
}

/**
 * The own documents of a page of changes that wait for a receipt, in its order; leaves of open conflicts are read and
 * merged. A receipt for the same edit on the same page says that this has been done, by another courier or by this one
 * before it ended; of a merge it says nothing, because an edit names one side.
 */
export async function ownChanges(database: Database, page: ChangesPage): Promise<OwnChange[]> {
  const answered = new Map(page.results.filter((row) => !isPostponed(row.doc)).map(({ id, doc }) => [id, doc.edit]));
  const changes = page.results.filter(isOwn).map(async ({ id, deleted = false, doc }): Promise<OwnChange[]> => {
    const conflicts = doc._conflicts ?? [];
    const others = conflicts.length ? await database.leaves(id, conflicts) : [];
    if (others.length > 0)
      return [{ id, deleted, first: false, doc: { ...mergeLeaves(plain(doc), others.map(plain)) } }];
    const change = { id, deleted, first: !deleted && doc._rev.startsWith('1-'), doc: plain(doc) };
    const edit = editOf(change);
    return edit !== '' && answered.get(receiptId(id)) === edit ? [] : [change];
  });
  const own = (await Promise.all(changes)).flat();
  const here = new Set(own.map(({ id }) => id));
  const again = await postponedChanges(
    database,
    page.results.map(({ doc }) => doc)
  );
  return [...again.filter(({ id }) => !here.has(id)), ...own];
}

/** Documents that a server of an older build postponed, as these receipts say, and that this one can judge. */
export async function postponedChanges(database: Database, receipts: Record<string, unknown>[]): Promise<OwnChange[]> {
  const ids = receipts
    .filter(isPostponed)
    .flatMap(({ of }) => (typeof of === 'string' && isOwnType(typeOf(of)) ? [of] : []));
  const changes = [...new Set(ids)].map(async (id): Promise<OwnChange[]> => {
    const leaves = (await database.leaves(id, 'all')).filter((leaf) => !leaf._deleted).map(plain);
    const [winner, ...others] = leaves;
    if (!winner || leaves.some(isNewer)) return [];
    return [{ id, deleted: false, first: false, doc: { ...mergeLeaves(winner, others) } }];
  });
  return (await Promise.all(changes)).flat();
}
