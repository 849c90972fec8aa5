import { parseDatabase } from '../../../src/lib/domain/databases.ts';
import type { Couch } from '../../couch/types.ts';
import { batched } from '../../registry/batched.ts';
import { CouchError, isMissing, request } from '../../registry/database.ts';

interface Info {
  update_seq: string | number;
}

/** Databases asked about in one `_dbs_info` (CouchDB's default limit). */
const ASKED_TOGETHER = 100;

/** Reads update sequences as CouchDB writes them; undefined when there is no such database. */
export type ReadSeq = (database: string) => Promise<string | undefined>;

/**
 * Few databases are shared and many devices ask for each, so those are asked about one by one, by the gateway as any
 * reader. Each person has a database of her own, and a thousand persons who come together are asked about together.
 */
export function makeReadSeq(couch: Couch): ReadSeq {
  const readOwn = batched(async (keys) => {
    const rows = await request<{ key: string; info?: Info }[]>(couch, 'admin', '/_dbs_info', {
      method: 'POST',
      body: JSON.stringify({ keys })
    });
    return new Map(rows.flatMap(({ key, info }) => (info ? [[key, String(info.update_seq)]] : [])));
  }, ASKED_TOGETHER);

  const readShared: ReadSeq = async (database) => {
    try {
      const info = await request<Info>(couch, 'gateway', `/${encodeURIComponent(database)}`);
      return String(info.update_seq);
    } catch (error) {
      // A database that is being made is the administrator's alone until its `_security` is there; an event follows.
      if (isMissing(error) || (error instanceof CouchError && error.status === 403)) return undefined;
      throw error;
    }
  };

  return (database) => (parseDatabase(database)?.kind === 'person' ? readOwn(database) : readShared(database));
}
