import type { StoredDoc } from '$lib/domain/merge/leaves';

export type { StoredDoc };

export interface WriteError {
  id?: string;
  error?: unknown;
  name?: string;
  reason?: string;
}

export interface ChangesPage {
  results: { id: string; seq: number | string; deleted?: boolean; changes: { rev: string }[] }[];
  last_seq: number | string;
}

/** The few methods of a PouchDB that the private lane calls, with the options it calls them with. */
export interface Pouch {
  get(id: string): Promise<StoredDoc>;
  get(id: string, options: { open_revs: 'all'; revs: true }): Promise<{ ok?: StoredDoc }[]>;
  put(doc: StoredDoc): Promise<unknown>;
  bulkDocs(docs: StoredDoc[], options?: { new_edits: boolean }): Promise<WriteError[]>;
  changes(options: { since: number | string; limit: number; style: 'all_docs' }): Promise<ChangesPage>;
  revsDiff(revs: Record<string, string[]>): Promise<Record<string, { missing: string[] }>>;
  info(): Promise<unknown>;
  close(): Promise<void>;
  destroy(): Promise<unknown>;
}

/**
 * How long a document's history is kept: long enough to find common ancestors of devices that were away for a while,
 * short enough not to travel with every push. A history that was cut shows as a conflict, and those are merged anyway.
 */
const REVISIONS = 40;

/** Opens the database in IndexedDB. `idb`, because `indexeddb` loses writes with two tabs. */
export async function openPouch(name: string): Promise<Pouch> {
  const [{ default: PouchDB }, { default: idb }] = await Promise.all([
    import('pouchdb-core'),
    import('pouchdb-adapter-idb')
  ]);
  PouchDB.plugin(idb);
  const options = { adapter: 'idb', auto_compaction: true, revs_limit: REVISIONS };
  return new PouchDB(name, options) as unknown as Pouch;
}

/** Calls that take longer than this are asked after, ms. */
const WATCH = 1_000;

/**
 * The answer to a call, or the error of the connection that was to bring it: PouchDB forgets some calls whose
 * transaction the browser ended, but a question on a lost connection fails at once.
 */
export async function answerOf<T>(pouch: Pick<Pouch, 'info'>, call: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setInterval> | undefined;
  const lost = new Promise<never>((_, reject) => {
    timer = setInterval(() => pouch.info().catch(reject), WATCH);
  });
  try {
    return await Promise.race([call, lost]);
  } finally {
    clearInterval(timer);
  }
}
