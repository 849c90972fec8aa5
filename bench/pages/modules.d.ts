/** What the bench needs of PouchDB's bundle for browsers, which ships no types. */
declare module 'pouchdb-browser' {
  interface Replication extends Promise<unknown> {
    on(event: 'change', listener: (info: { docs_written: number }) => void): void;
  }
  export default class PouchDB {
    constructor(name: string, options?: { adapter?: 'idb'; skip_setup?: boolean; fetch?: typeof fetch });
    replicate: { from(remote: PouchDB): Replication };
    info(): Promise<{ doc_count: number }>;
  }
}
