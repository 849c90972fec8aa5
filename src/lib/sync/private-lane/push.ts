import { TOO_LARGE } from '$lib/domain/documents/limits';
import type { Refusal } from '$lib/domain/documents/receipt';
import { SyncFailure } from '../failure';
import type { OwnDatabase } from './own-database';
import type { StoredDoc } from './pouch';
import type { Remote } from './remote';

/** Documents in one request. */
export const BATCH = 50;

/** Statuses that speak of the request as it is and not of the moment: asking again changes nothing. */
const HOPELESS = new Set([400, 413, 422]);

/**
 * Sends all newest revisions of these documents, with their history, in one request per batch. It does not rely on a
 * checkpoint: when it returns, the server has answered for every one of them, whatever happened to its data before.
 * @returns documents that the server would not store, with its reason
 */
export async function pushOwn(db: OwnDatabase, remote: Remote, ids: string[]): Promise<Map<string, string>> {
  const denied = new Map<string, string>();
  for (let at = 0; at < ids.length; at += BATCH) {
    const leaves = await Promise.all(ids.slice(at, at + BATCH).map((id) => db.leaves(id)));
    await send(remote, leaves.flat(), denied);
  }
  return denied;
}

const TOO_LONG: Refusal = 'too-long';

/** A size is what the person can mend herself, so it gets the word that she reads. */
const wordFor = (isSize: boolean, reason: string): string => (isSize ? TOO_LONG : reason);

async function send(remote: Remote, docs: StoredDoc[], denied: Map<string, string>): Promise<void> {
  if (!docs.length) return;
  try {
    for (const { id, error, reason } of await remote.insert(docs)) {
      if (error !== 'forbidden' && error !== 'unauthorized') throw new SyncFailure('server', { cause: error });
      if (id !== undefined) denied.set(id, wordFor(reason === TOO_LARGE, reason ?? String(error)));
    }
  } catch (error) {
    if (!(error instanceof SyncFailure) || !HOPELESS.has(error.status)) throw error;
    // One bad document must not hold up the others: halve until it stands alone.
    const [first] = docs;
    if (docs.length === 1 && first)
      return void denied.set(first._id, wordFor(error.status === 413, `status ${error.status}`));
    const half = Math.ceil(docs.length / 2);
    await send(remote, docs.slice(0, half), denied);
    await send(remote, docs.slice(half), denied);
  }
}
