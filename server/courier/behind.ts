import { parseDatabase } from '../../src/lib/domain/databases.ts';
import type { Couch } from '../couch/types.ts';
import { request } from '../registry/database.ts';
import type { Checkpoints, Sequence } from './checkpoint.ts';

/** Databases asked about in one `_dbs_info` (CouchDB's default limit). */
const INFO_CHUNK = 100;

/** Checkpoints read at the same time. */
const PARALLEL = 8;

/** The person whose database has this name, or undefined. */
export function personOf(name: string): string | undefined {
  const parsed = parseDatabase(name);
  return parsed?.kind === 'person' ? parsed.key : undefined;
}

export interface SweepOptions {
  /** Ends the sweep early. */
  signal?: AbortSignal;
  /** What to wait for between two parts of a sweep that is in no hurry. */
  between?: () => Promise<void>;
}

/** Tells `found` of every person whose database is not at its checkpoint. */
export async function findBehind(
  couch: Couch,
  checkpoints: Pick<Checkpoints, 'read'>,
  found: (person: string) => void,
  { signal, between }: SweepOptions = {}
): Promise<void> {
  const all = await request<string[]>(couch, 'admin', '/_all_dbs');
  const names = all.filter((name) => personOf(name));
  for (let start = 0; start < names.length && !signal?.aborted; start += INFO_CHUNK) {
    if (start > 0) await between?.();
    const rows = await request<{ key: string; info?: { update_seq: Sequence } }[]>(couch, 'admin', '/_dbs_info', {
      method: 'POST',
      body: JSON.stringify({ keys: names.slice(start, start + INFO_CHUNK) })
    });
    for (let at = 0; at < rows.length; at += PARALLEL)
      await Promise.all(
        rows.slice(at, at + PARALLEL).map(async ({ key, info }) => {
          const person = personOf(key);
          if (person && info && (await checkpoints.read(person)) !== info.update_seq) found(person);
        })
      );
  }
}
