import { liveQuery, type Subscription } from 'dexie';
import type { Live } from './store-api';

/** Shortest rest between two runs of one query, ms, while changes pour in; half of what is felt as immediate. */
const REST = 150;

/** How long after an own write its changes are shown without that rest, ms. */
const HURRY = 50;

/**
 * Makes live queries that all end together. A query runs once at a time and rests between runs: Dexie alone would run
 * it for each transaction of a first sync, and throw away every answer that the next transaction overtakes.
 */
export function createLive(rest = REST) {
  const ends = new Set<() => void>();
  const waiting = new Set<() => void>();
  let hurriedUntil = 0;

  function subscribe<T>(query: () => Promise<T>, next: (value: T) => void, failed: (error: unknown) => void) {
    let running: Subscription | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;

    function run(): void {
      clearTimeout(timer);
      waiting.delete(run);
      running?.unsubscribe();
      let answer: Promise<T> | undefined;
      let isTold = false;
      let isStale = false;
      let toldAt = 0;
      running = liveQuery(
        // Dexie keeps track of reads after a native `await` only when the function it is given is itself `async`.
        async () => {
          isStale = answer !== undefined;
          return await (answer ??= query());
        }
      ).subscribe({
        next(value) {
          if (!isTold) {
            isTold = true;
            toldAt = performance.now();
            next(value);
          }
          if (isStale && !running?.closed) again(toldAt);
        },
        error: failed
      });
    }

    function again(since: number): void {
      const now = performance.now();
      const left = since + rest - now;
      if (left <= 0 || now < hurriedUntil) return run();
      waiting.add(run);
      timer = setTimeout(run, left);
    }

    run();
    return (): void => {
      clearTimeout(timer);
      waiting.delete(run);
      running?.unsubscribe();
    };
  }

  return {
    live: <T>(query: () => Promise<T>): Live<T> => ({
      subscribe(next, failed = () => undefined) {
        const stop = subscribe(query, next, failed);
        const end = (): void => {
          stop();
          ends.delete(end);
        };
        ends.add(end);
        return end;
      }
    }),
    /** The person wrote something: what waits for its rest to end runs at once. */
    hurry(): void {
      hurriedUntil = performance.now() + HURRY;
      for (const run of [...waiting]) run();
    },
    endAll(): void {
      for (const end of [...ends]) end();
    }
  };
}
