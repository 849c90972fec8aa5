/** Held requests by the databases they wait for. A request that ends for any reason leaves nothing behind. */
export interface Waiters {
  /**
   * Resolves when one of the databases is woken, after `ms`, or when the signal aborts.
   */
  wait(databases: readonly string[], ms: number, signal: AbortSignal): Promise<void>;
  /** Wakes who waits for this database, by and by when they are many. */
  wake(database: string): void;
  wakeAll(): void;
  /** Requests that are held now. */
  readonly size: number;
}

/** Requests that are woken in one turn of the event loop: some 10 ms of work, between which others are heard. */
const TOGETHER = 50;

export function makeWaiters(): Waiters {
  const byDatabase = new Map<string, Set<() => void>>();
  const all = new Set<() => void>();

  const add = (database: string, wake: () => void): void => {
    const set = byDatabase.get(database) ?? new Set();
    byDatabase.set(database, set.add(wake));
  };
  const remove = (database: string, wake: () => void): void => {
    const set = byDatabase.get(database);
    set?.delete(wake);
    if (set?.size === 0) byDatabase.delete(database);
  };

  return {
    wait(databases, ms, signal) {
      if (signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', wake);
          for (const database of databases) remove(database, wake);
          all.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, ms);
        signal.addEventListener('abort', wake);
        for (const database of databases) add(database, wake);
        all.add(wake);
      });
    },
    wake(database) {
      const waiting = [...(byDatabase.get(database) ?? [])];
      const some = (): void => {
        for (const wake of waiting.splice(0, TOGETHER)) wake();
        if (waiting.length > 0) setImmediate(some);
      };
      some();
    },
    wakeAll() {
      for (const wake of [...all]) wake();
    },
    get size() {
      return all.size;
    }
  };
}
