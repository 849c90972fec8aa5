import type { Couch } from '../../couch/types.ts';
import { isLateMarker } from '../../late.ts';
import { request } from '../../registry/database.ts';
import type { Hub } from './hub.ts';

/** One document of a page; `json` is missing for a deletion. */
export interface Item {
  id: string;
  json?: string;
  /** Sequence after this row; CouchDB does not work it out for every row. */
  seq?: string;
}

export interface Page {
  items: Item[];
  /** Whether there may be more behind this page. */
  more: boolean;
  /** Sequence after the page; only of changes. */
  seq: string;
}

/** Reads pages of shared databases. Devices often stand at the same place, so a page that was just read is kept. */
export interface Pages {
  changes(database: string, since: string, limit: number): Promise<Page>;
  /** Living documents from the id `from` down to the id `to`, both included. */
  documents(database: string, from: string, to: string, limit: number): Promise<Page>;
  /** Those of these documents that live. */
  byIds(database: string, ids: string[]): Promise<Item[]>;
}

type Doc = { _id: string } & Record<string, unknown>;

/** Every how many rows CouchDB works out a sequence: a block can only end there. */
const SEQ_INTERVAL = 10;
/** Kept pages, characters of JSON, and their age, ms. */
const CAPACITY = 16 * 1024 * 1024;
const FRESH = 10_000;

/** The document without what a read-only copy does not need: CouchDB's own fields. */
export function strip(doc: Doc): string {
  const kept = Object.entries(doc).filter(([name]) => name === '_id' || !name.startsWith('_'));
  return JSON.stringify(Object.fromEntries(kept));
}

/** Whether a document stands in the database for the server's own use. */
const isInternal = (id: string): boolean => id.startsWith('_design/') || isLateMarker(id);

type Row = { id: string; doc?: Doc | null };

const itemsOf = (rows: Row[]): Item[] => rows.flatMap(({ id, doc }) => (doc ? [{ id, json: strip(doc) }] : []));

export function openPages(couch: Couch, hub: Pick<Hub, 'mark' | 'moved'>): Pages {
  const kept = new Map<string, { mark: number; at: number; size: number; page: Promise<Page> }>();
  let total = 0;

  const drop = (path: string): void => {
    total -= kept.get(path)?.size ?? 0;
    kept.delete(path);
  };

  const remember = (database: string, path: string, read: () => Promise<Page>): Promise<Page> => {
    const now = performance.now();
    const known = kept.get(path);
    if (known && now - known.at < FRESH && !hub.moved(database, known.mark)) return known.page;
    drop(path);
    const entry = { mark: hub.mark(), at: now, size: 0, page: read() };
    kept.set(path, entry);
    entry.page.then(
      ({ items }) => {
        if (kept.get(path) !== entry) return;
        entry.size = items.reduce((size, item) => size + item.id.length + (item.json?.length ?? 0), 100);
        total += entry.size;
        for (const oldest of kept.keys()) {
          if (total <= CAPACITY) break;
          drop(oldest);
        }
      },
      () => kept.get(path) === entry && drop(path)
    );
    return entry.page;
  };

  return {
    changes(database, since, limit) {
      const query = new URLSearchParams({
        include_docs: 'true',
        seq_interval: String(SEQ_INTERVAL),
        limit: String(limit),
        since
      });
      const path = `/${encodeURIComponent(database)}/_changes?${query}`;
      return remember(database, path, async () => {
        type Row = { id: string; seq: string | number | null; deleted?: boolean; doc?: Doc };
        const answer = await request<{ results: Row[]; last_seq: string | number }>(couch, 'gateway', path);
        const items = answer.results
          .filter((row) => !isInternal(row.id))
          .map((row) => ({
            id: row.id,
            json: row.deleted || !row.doc ? undefined : strip(row.doc),
            seq: row.seq === null ? undefined : String(row.seq)
          }));
        return { items, more: answer.results.length >= limit, seq: String(answer.last_seq) };
      });
    },

    documents(database, from, to, limit) {
      const query = new URLSearchParams({
        include_docs: 'true',
        descending: 'true',
        limit: String(limit),
        startkey: JSON.stringify(from),
        endkey: JSON.stringify(to)
      });
      const path = `/${encodeURIComponent(database)}/_all_docs?${query}`;
      return remember(database, path, async () => {
        const { rows } = await request<{ rows: Row[] }>(couch, 'gateway', path);
        return { items: itemsOf(rows), more: rows.length >= limit, seq: '' };
      });
    },

    async byIds(database, ids) {
      const path = `/${encodeURIComponent(database)}/_all_docs?include_docs=true`;
      const init = { method: 'POST', body: JSON.stringify({ keys: ids }) };
      return itemsOf((await request<{ rows: Row[] }>(couch, 'gateway', path, init)).rows);
    }
  };
}
