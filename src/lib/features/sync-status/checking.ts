import type { SyncStatus } from '$lib/sync/types';

/** What has become of asking the server: still under way, complete, no answer, or something that needs the person. */
export type Outcome = 'running' | 'done' | 'silent' | Blocked;
type Blocked = Extract<SyncStatus['phase'], 'signed-out' | 'too-old' | 'server-old' | 'full'>;

/** Nobody may be there to ask (a frozen tab holds the lock); after this the person is told, ms. */
const PATIENCE = 90_000;

const BLOCKED: readonly string[] = ['signed-out', 'too-old', 'server-old', 'full'] satisfies Blocked[];
const isBlocked = (phase: SyncStatus['phase']): phase is Blocked => BLOCKED.includes(phase);

/**
 * @param since when the person asked, ms
 * @param now ms
 */
export function outcomeOf({ phase, freshAt, triedAt = 0 }: SyncStatus, since: number, now: number): Outcome {
  const isOver = triedAt >= since || now - since > PATIENCE;
  if (isBlocked(phase)) return isOver ? phase : 'running';
  if (freshAt >= since) return phase === 'moving' ? 'running' : 'done';
  return isOver ? 'silent' : 'running';
}
