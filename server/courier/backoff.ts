/** Shortest and longest pause between tries, in ms. */
const FIRST = 250;
const LONGEST = 30_000;

/**
 * Pause before try number `attempt` (1 is the first repetition), in ms: doubles up to half a minute, and half of it is
 * chance, so that many waiters do not come back together.
 * @param random from 0 to below 1
 */
export function backoff(attempt: number, random = Math.random()): number {
  const full = Math.min(LONGEST, FIRST * 2 ** (attempt - 1));
  return full / 2 + (full / 2) * random;
}

/** Resolves after `ms`, or at once when `signal` aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
