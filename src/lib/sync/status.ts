import type { Observable, SyncStatus } from './types';

/** Status before anything is known. */
export const INITIAL: SyncStatus = { phase: 'idle', freshAt: 0, received: 0, first: false, leader: false };

/** An observable with a way to change it; listeners hear only real changes. */
export function createStatus(): Observable<SyncStatus> & { set(change: Partial<SyncStatus>): void } {
  let current = INITIAL;
  const listeners = new Set<(value: SyncStatus) => void>();
  return {
    get current() {
      return current;
    },
    subscribe(listener) {
      listeners.add(listener);
      listener(current);
      return () => void listeners.delete(listener);
    },
    set(change) {
      const next = { ...current, ...change };
      const keys = Object.keys(next) as (keyof SyncStatus)[];
      if (keys.every((key) => next[key] === current[key])) return;
      current = next;
      for (const listener of [...listeners]) listener(next);
    }
  };
}

export type StatusSink = ReturnType<typeof createStatus>;
