import { NewerBuild } from '$lib/vault/types';
import type { Dexie } from 'dexie';
import { NoSpace, StoreClosed } from './types';

interface Fault {
  name?: string;
  inner?: unknown;
  failures?: unknown[];
}

/** Whether the disk is full, at whatever depth Dexie wrapped it. */
function isFull(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { name, inner, failures } = error as Fault;
  if (name === 'QuotaExceededError') return true;
  const causes = [...(Array.isArray(failures) ? failures : []), ...(inner && inner !== error ? [inner] : [])];
  return causes.some(isFull);
}

/** Names of what a browser reports when it took the connection away (iOS does on resume) without harm to the data. */
const LOST = new Set([
  'UnknownError',
  'InvalidStateError',
  'DatabaseClosedError',
  'AbortError',
  'TransactionInactiveError'
]);

const isLost = (error: unknown): boolean => LOST.has((error as Fault | null)?.name ?? '') && !isFull(error);

export type Run = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Runs work on the databases: refuses it after the store was closed, reopens once when the connection was lost (all work
 * of the store may be repeated), and says in the store's own errors what went wrong.
 */
export function createGuard(dbs: Dexie[], closed: () => boolean): Run {
  let reopening: Promise<unknown> | undefined;

  const reopen = async (): Promise<void> => {
    reopening ??= (async () => {
      for (const db of dbs) db.close({ disableAutoOpen: false });
      await Promise.all(dbs.map((db) => db.open()));
    })().finally(() => (reopening = undefined));
    await reopening;
  };

  const told = (error: unknown): unknown => {
    if (error instanceof NewerBuild) return error;
    if (closed()) return new StoreClosed('the store is closed');
    return isFull(error) ? new NoSpace('the disk is full', { cause: error }) : error;
  };

  return async (work) => {
    if (closed()) throw new StoreClosed('the store is closed');
    try {
      return await work();
    } catch (error) {
      if (closed() || !isLost(error)) throw told(error);
    }
    try {
      await reopen();
      return await work();
    } catch (error) {
      throw told(error);
    }
  };
}
