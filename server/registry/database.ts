import type { CouchRequest } from '../couch/http.ts';
import type { Couch, CouchRole } from '../couch/types.ts';

/** A document as CouchDB answers it. */
export type Stored = { _id: string; _rev: string; _deleted?: boolean } & Record<string, unknown>;

/** A document on its way into CouchDB. */
export type Unsaved = { _id: string; _rev?: string; _deleted?: boolean };

export interface BulkRow {
  id: string;
  rev?: string;
  error?: string;
  reason?: string;
}

export interface ChangesPage {
  results: { id: string; seq: string | number; deleted?: boolean; doc: Stored & { _conflicts?: string[] } }[];
  last_seq: string | number;
}

/** CouchDB answered, and not with what was asked for; status 0 when it did not answer (whole) at all. */
export class CouchError extends Error {
  readonly status: number;

  constructor(status: number, path: string, answer: { error?: string; reason?: string }) {
    super(`CouchDB answered ${status} to ${path}: ${answer.error ?? ''} ${answer.reason ?? ''}`.trim());
    this.status = status;
  }
}

/** Whether the database or document is not there. */
export const isMissing = (error: unknown): boolean => error instanceof CouchError && error.status === 404;

/** Whether CouchDB did not answer at all, or cannot at the moment: worth trying again later, unchanged. */
export const isOutage = (error: unknown): boolean =>
  error instanceof CouchError && (error.status === 0 || error.status >= 500 || [401, 408, 429].includes(error.status));

/** One JSON request to CouchDB; throws `CouchError` on any answer that is not a whole 2xx. */
export async function request<T>(couch: Couch, role: CouchRole, path: string, init: CouchRequest = {}): Promise<T> {
  const headers = { accept: 'application/json', ...(init.body ? { 'content-type': 'application/json' } : {}) };
  const unreachable = (error: unknown): never => {
    throw new CouchError(0, path, { reason: String(error) });
  };
  const response = await couch.fetch(role, path, { ...init, headers }).catch(unreachable);
  const answer: unknown = await response.json().catch((error: unknown) => (response.ok ? unreachable(error) : {}));
  if (!response.ok) throw new CouchError(response.status, path, (answer ?? {}) as { error?: string });
  return answer as T;
}

/** One database with the few calls the server's own parts need, typed. */
export function openDatabase(couch: Couch, role: CouchRole, name: string) {
  const root = `/${encodeURIComponent(name)}`;
  const post = <T>(path: string, body: unknown): Promise<T> =>
    request<T>(couch, role, root + path, { method: 'POST', body: JSON.stringify(body) });
  const place = (id: string): string =>
    id.startsWith('_local/')
      ? `${root}/_local/${encodeURIComponent(id.slice(7))}`
      : `${root}/${encodeURIComponent(id)}`;

  return {
    name,

    /** The document, or undefined when it (or the database) is not there. */
    async get<T = Stored>(id: string): Promise<T | undefined> {
      try {
        return await request<T>(couch, role, place(id));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },

    /** Writes one document; throws `CouchError` 409 when it has moved. */
    async put(doc: Unsaved): Promise<{ rev: string }> {
      return request(couch, role, place(doc._id), { method: 'PUT', body: JSON.stringify(doc) });
    },

    /** The same; false when somebody else has written the document meanwhile: nothing is written then. */
    async putUnlessMoved(doc: Unsaved): Promise<boolean> {
      try {
        await this.put(doc);
        return true;
      } catch (error) {
        if (error instanceof CouchError && error.status === 409) return false;
        throw error;
      }
    },

    /** The living documents among these ids; none when the database is not there. */
    async byIds<T = Stored>(ids: string[]): Promise<Map<string, T>> {
      const found = new Map<string, T>();
      if (ids.length === 0) return found;
      try {
        const { rows } = await post<{ rows: { id?: string; doc?: T | null; value?: { deleted?: boolean } }[] }>(
          '/_all_docs?include_docs=true',
          { keys: [...new Set(ids)] }
        );
        for (const row of rows) if (row.id && row.doc && !row.value?.deleted) found.set(row.id, row.doc);
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
      return found;
    },

    /** Writes documents in this order; one row per document, with `error` where it was not stored. */
    async bulk(docs: Unsaved[]): Promise<BulkRow[]> {
      return docs.length === 0 ? [] : post<BulkRow[]>('/_bulk_docs', { docs });
    },

    /** What changed after `since`, oldest first, with documents and the revisions of open conflicts. */
    async changes(since: string | number, limit: number): Promise<ChangesPage> {
      const query = new URLSearchParams({ since: String(since), limit: String(limit) });
      return request(couch, role, `${root}/_changes?include_docs=true&conflicts=true&${query}`);
    },

    /** All documents whose ids begin so, in the order of their ids; none when the database is not there. */
    async byPrefix<T = Stored>(prefix: string): Promise<T[]> {
      const range = { startkey: JSON.stringify(prefix), endkey: JSON.stringify(`${prefix}\ufff0`) };
      const query = new URLSearchParams({ include_docs: 'true', ...range });
      try {
        const { rows } = await request<{ rows: { doc: T }[] }>(couch, role, `${root}/_all_docs?${query}`);
        return rows.map(({ doc }) => doc);
      } catch (error) {
        if (isMissing(error)) return [];
        throw error;
      }
    },

    /** The given leaves of a document, or all that there are, deleted ones too. */
    async leaves(id: string, revs: string[] | 'all'): Promise<Stored[]> {
      const query = new URLSearchParams({ open_revs: revs === 'all' ? revs : JSON.stringify(revs) });
      const rows = await request<{ ok?: Stored }[]>(couch, role, `${place(id)}?${query}`);
      return rows.flatMap((row) => (row.ok ? [row.ok] : []));
    }
  };
}

export type Database = ReturnType<typeof openDatabase>;
