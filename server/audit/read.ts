import { REGISTRY } from '../../src/lib/domain/databases.ts';
import type { Couch } from '../couch/types.ts';
import { isMissing, openDatabase, request } from '../registry/database.ts';
import { ENTRY_PREFIX, LISTED_PREFIX, type AuditEntry, type Head } from './entry.ts';

/** How many of the newest entries a new chain looks at to find the ends of the others. */
const LOOK_BACK = 200;

interface Row<T> {
  id: string;
  doc: T;
}

/** Rows with ids from `from` down to `to`, the first not included. */
async function downwards<T>(couch: Couch, from: string, to: string, limit: number): Promise<Row<T>[]> {
  const query = new URLSearchParams({
    descending: 'true',
    include_docs: 'true',
    startkey: JSON.stringify(from),
    endkey: JSON.stringify(to),
    limit: String(limit + 1)
  });
  const answer = request<{ rows: Row<T>[] }>(couch, 'gateway', `/${REGISTRY}/_all_docs?${query}`);
  const { rows } = await answer.catch((error: unknown) => {
    if (isMissing(error)) return { rows: [] };
    throw error;
  });
  return rows.filter(({ id }) => id !== from).slice(0, limit);
}

/** The newest entries that are known of each chain. */
export async function newestHeads(couch: Couch): Promise<Record<string, Head>> {
  const rows = await downwards<AuditEntry>(couch, `${ENTRY_PREFIX}\ufff0`, ENTRY_PREFIX, LOOK_BACK);
  const heads: Record<string, Head> = {};
  for (const { doc } of rows) {
    if (doc.n > (heads[doc.chain]?.n ?? 0)) heads[doc.chain] = { n: doc.n, hash: doc.hash };
  }
  return heads;
}

/** Entries before the id `before` (default: the newest), newest first. */
export async function readEntries(couch: Couch, limit: number, before?: string): Promise<AuditEntry[]> {
  const rows = await downwards<AuditEntry>(couch, before ?? `${ENTRY_PREFIX}\ufff0`, ENTRY_PREFIX, limit);
  return rows.map(({ doc }) => doc);
}

/** As `readEntries`, of those that are about this person. */
export async function readEntriesAbout(
  couch: Couch,
  person: string,
  limit: number,
  before?: string
): Promise<AuditEntry[]> {
  const prefix = `${LISTED_PREFIX}${person}.`;
  const from = before ? prefix + before.slice(ENTRY_PREFIX.length) : `${prefix}\ufff0`;
  const listed = await downwards(couch, from, prefix, limit);
  const ids = listed.map(({ id }) => ENTRY_PREFIX + id.slice(prefix.length));
  const found = await openDatabase(couch, 'gateway', REGISTRY).byIds<AuditEntry>(ids);
  return ids.flatMap((id) => {
    const entry = found.get(id);
    return entry?.about?.includes(person) ? [entry] : [];
  });
}
