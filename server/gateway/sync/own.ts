import { personDatabase } from '../../../src/lib/domain/databases.ts';
import type { Couch } from '../../couch/types.ts';
import { request } from '../../registry/database.ts';
import { decodeCheckpoint, encodeCheckpoint, sameSeq, type Checkpoint } from './checkpoint.ts';
import type { Hub } from './hub.ts';
import { line } from './line.ts';

/**
 * What a device has to hear about the person's own database, as blocks of lines; undefined when there is nothing.
 * @param given what the device sent as `own`
 */
export type ReadOwn = (person: string, given: string | undefined) => Promise<AsyncGenerator<string> | undefined>;

/** Documents of one block: what a cut may cost. */
const BLOCK = 50;

interface Changes {
  results: { id: string; changes: { rev: string }[] }[];
  last_seq: string | number;
}

interface Found {
  results: { docs: { ok?: { _id: string; _rev: string } }[] }[];
}

/**
 * Reads own databases for devices: the newest revisions with their history, as replication would fetch them, so that a
 * device that already waits for news pays no further round trip. One that stands nowhere yet, or in another incarnation,
 * only hears that there is something, and replicates.
 */
export function openOwn(couch: Couch, hub: Pick<Hub, 'state'>): ReadOwn {
  async function* blocks(database: string, { incarnation, seq }: Checkpoint): AsyncGenerator<string> {
    const root = `/${encodeURIComponent(database)}`;
    let since = seq;
    for (let more = true; more;) {
      const query = new URLSearchParams({ style: 'all_docs', limit: String(BLOCK), since });
      const page = await request<Changes>(couch, 'gateway', `${root}/_changes?${query}`);
      const docs = page.results
        .filter(({ id }) => !id.startsWith('_'))
        .flatMap(({ id, changes }) => changes.map(({ rev }) => ({ id, rev })));
      const body = JSON.stringify({ docs });
      const found = docs.length
        ? await request<Found>(couch, 'gateway', `${root}/_bulk_get?revs=true&latest=true`, { method: 'POST', body })
        : { results: [] };
      // `latest` answers with the same leaf for several old revisions.
      const leaves = found.results.flatMap((result) => result.docs.flatMap(({ ok }) => (ok ? [ok] : [])));
      const rows = new Map(leaves.map((doc) => [`${doc._id} ${doc._rev}`, line(['p', doc])]));
      since = String(page.last_seq);
      yield [...rows.values(), line(['o', encodeCheckpoint({ incarnation, seq: since }), since])].join('');
      more = page.results.length === BLOCK;
    }
  }

  return async (person, given) => {
    const database = personDatabase(person);
    const state = await hub.state(database);
    // A device that has just pulled knows CouchDB's own spelling of the sequence.
    if (!state || given === state.seq) return undefined;
    const known = given === undefined ? undefined : decodeCheckpoint(given);
    if (known?.incarnation !== state.incarnation) return announce(encodeCheckpoint(state));
    return sameSeq(known.seq, state.seq) ? undefined : blocks(database, known);
  };
}

async function* announce(sequence: string): AsyncGenerator<string> {
  yield line(['o', sequence]);
}
