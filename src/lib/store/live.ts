import { liveQuery } from 'dexie';
import type { Live } from './store-api';

/** Makes live queries that all end together. */
export function createLive() {
  const ends = new Set<() => void>();
  return {
    live: <T>(query: () => Promise<T>): Live<T> => ({
      subscribe(next, failed = () => undefined) {
        // Dexie keeps track of reads after a native `await` only when the function it is given is itself `async`.
        const running = liveQuery(async () => await query()).subscribe({ next, error: failed });
        const end = (): void => {
          running.unsubscribe();
          ends.delete(end);
        };
        ends.add(end);
        return end;
      }
    }),
    endAll(): void {
      for (const end of [...ends]) end();
    }
  };
}
