import { settle } from '$lib/domain/merge/settle';
import type { OutboxEntry } from '$lib/store/types';
import { SyncFailure } from '../failure';
import type { OwnDatabase } from './own-database';

/**
 * Brings outbox entries into the own database. Each may be applied any number of times: what a document already holds
 * is not written again. Entries stay in the outbox; only the server's answer ends them.
 */
export async function applyOutbox(db: OwnDatabase, entries: OutboxEntry[], signal: AbortSignal): Promise<void> {
  for (const entry of entries) {
    if (signal.aborted) throw new SyncFailure('aborted');
    const leaves = await db.leaves(entry.id);
    const writes = settle(leaves, entry.doc);
    // Only branches that this build cannot read are there: the edit gets a branch of its own beside them.
    const beside = leaves.some((leaf) => !leaf._deleted) && writes.some((doc) => doc._rev === undefined);
    if (beside) await db.insert(writes.map((doc) => ({ ...doc, _rev: firstRevision() })));
    else await db.extend(writes);
  }
}

const firstRevision = (): string => `1-${crypto.randomUUID().replaceAll('-', '')}`;
