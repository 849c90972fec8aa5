/** What the bench needs of PouchDB's bundle for browsers, which ships no types. */
declare module 'pouchdb-browser' {
  interface Replication extends Promise<unknown> {
    on(event: 'change', listener: (info: { docs_written: number }) => void): void;
  }
  interface ReplicateOptions {
    retry?: boolean;
    batch_size?: number;
    checkpoint?: 'source' | 'target';
    since?: string;
  }
  export default class PouchDB {
    constructor(name: string, options?: { adapter?: 'idb'; skip_setup?: boolean; fetch?: typeof fetch });
    bulkDocs(docs: object[]): Promise<unknown>;
    get<T>(id: string): Promise<T>;
    replicate: {
      to(remote: PouchDB, options?: ReplicateOptions): Replication;
      from(remote: PouchDB, options?: ReplicateOptions): Replication;
    };
    info(): Promise<{ doc_count: number }>;
  }
}
