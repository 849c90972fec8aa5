import { isInboxType, isOwnType, mergeOwn, parseOwn, type OwnDocument } from '../../src/lib/domain/documents/index.ts';
import { typeOf } from '../../src/lib/domain/ids.ts';
import type { ChangesPage, Database } from '../registry/database.ts';

/** An own document that changed, with all its leaves merged; a deleted one may still carry `edit` and `channel`. */
export interface OwnChange {
  id: string;
  deleted: boolean;
  doc: Record<string, unknown>;
}

/** Whether a row is something a person wrote: neither design documents nor what the server itself writes here. */
const isOwn = (row: { id: string; deleted?: boolean }): boolean =>
  row.deleted ? isOwnType(typeOf(row.id)) : !row.id.startsWith('_design/') && !isInboxType(typeOf(row.id));

/** A document without what only the database says about it. */
export const plain = (doc: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(doc).filter(([name]) => name !== '_rev' && name !== '_conflicts'));

/** Merges the leaves that pass their schema; the winner alone when fewer than two do. */
export function mergeLeaves(winner: Record<string, unknown>, others: Record<string, unknown>[]) {
  const parsed = [winner, ...others].map(parseOwn).filter((doc) => doc !== undefined);
  const [first, ...rest] = parsed.filter((doc) => doc.type === parsed[0]?.type);
  return first ? rest.reduce<OwnDocument>((merged, doc) => mergeOwn(merged, doc), first) : winner;
}

/** The own documents of a page of changes, in its order; leaves of open conflicts are read and merged. */
export async function ownChanges(database: Database, page: ChangesPage): Promise<OwnChange[]> {
  return Promise.all(
    page.results.filter(isOwn).map(async ({ id, deleted = false, doc }) => {
      const conflicts = doc._conflicts ?? [];
      const others = conflicts.length ? await database.leaves(id, conflicts) : [];
      return { id, deleted, doc: others.length ? { ...mergeLeaves(plain(doc), others.map(plain)) } : plain(doc) };
    })
  );
}
