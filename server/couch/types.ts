import type { ServerScope } from 'nano';
import type { Answer } from './answer.ts';
import type { CouchRequest } from './http.ts';

/**
 * As whom the server speaks to CouchDB. `gateway` writes what persons write into their own databases and reads
 * everything it may hand out; `courier` alone writes shared databases, receipts and records; `admin` provisions.
 */
export type CouchRole = 'admin' | 'courier' | 'gateway';

export interface Couch {
  /** Whether this is the embedded database. */
  embedded: boolean;
  /** nano, speaking as that role with a session cookie. */
  as(role: CouchRole): ServerScope;
  /** Raw HTTP for streams and proxying; `path` begins with a slash, databases and ids already encoded. */
  fetch(role: CouchRole, path: string, init?: CouchRequest): Promise<Answer>;
  /** Creates the database when missing (q=1) with its `_security` and write rules; harmless when repeated. */
  provision(database: string): Promise<void>;
  close(): Promise<void>;
}
