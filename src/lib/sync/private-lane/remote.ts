import { personDatabase } from '$lib/domain/databases';
import { failureOf, SyncFailure } from '../failure';
import { readAll, SILENCE } from '../patience';
import type { Api } from '../tokens';
import type { ChangedRow } from './own-database';
import type { StoredDoc, WriteError } from './pouch';

/** The person's database on the server: the calls of CouchDB's replication protocol, each one request. */
export interface Remote {
  changes(since: string | undefined, limit: number): Promise<{ rows: ChangedRow[]; last: string }>;
  bulkGet(wanted: { id: string; rev: string }[]): Promise<StoredDoc[]>;
  /** Stores revisions as they are; the result names those that the server would not take. */
  insert(docs: StoredDoc[]): Promise<WriteError[]>;
}

interface ChangesAnswer {
  results: { id: string; changes: { rev: string }[] }[];
  last_seq: string | number;
}

interface BulkGetAnswer {
  results: { docs: { ok?: StoredDoc }[] }[];
}

export function openRemote(api: Api, person: string, signal: AbortSignal): Remote {
  const root = `/db/${personDatabase(person)}`;

  async function ask<T>(path: string, body?: unknown): Promise<T> {
    const init: RequestInit = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const headers = { accept: 'application/json', 'content-type': 'application/json' };
    const response = await api.fetch(root + path, { ...init, headers, signal, patience: 2 * SILENCE });
    const text = new TextDecoder().decode(await readAll(response, signal));
    const failure = failureOf(response);
    if (failure) throw failure;
    try {
      return JSON.parse(text) as T;
    } catch (cause) {
      throw new SyncFailure('server', { cause });
    }
  }

  return {
    async changes(since, limit) {
      const query = new URLSearchParams({ style: 'all_docs', limit: String(limit), ...(since && { since }) });
      const answer = await ask<ChangesAnswer>(`/_changes?${query}`);
      const rows = answer.results.map(({ id, changes }) => ({ id, revs: changes.map(({ rev }) => rev) }));
      return { rows, last: String(answer.last_seq) };
    },
    async bulkGet(docs) {
      const answer = await ask<BulkGetAnswer>('/_bulk_get?revs=true&latest=true', { docs });
      const found = answer.results.flatMap((result) => result.docs.flatMap(({ ok }) => (ok ? [ok] : [])));
      // `latest` answers with the same leaf for several old revisions.
      return [...new Map(found.map((doc) => [`${doc._id} ${doc._rev}`, doc])).values()];
    },
    async insert(docs) {
      const answer = await ask<unknown>('/_bulk_docs', { docs, new_edits: false });
      return Array.isArray(answer) ? (answer as WriteError[]).filter((result) => result.error) : [];
    }
  };
}
