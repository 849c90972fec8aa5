/** A sleep that can be ended from outside. Nothing is remembered: a ring wakes those who sleep now. */
export interface Wake {
  ring(): void;
  /** Sleeps at most `ms`; ends early at a ring or when the signal fires. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/** Longest delay that timers take, ms. */
const LONGEST = 2 ** 31 - 1;

export function createWake(): Wake {
  const sleepers = new Set<() => void>();
  return {
    ring() {
      for (const wake of [...sleepers]) wake();
    },
    wait(ms, signal) {
      return new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const end = () => {
          clearTimeout(timer);
          sleepers.delete(end);
          signal.removeEventListener('abort', end);
          resolve();
        };
        const timer = setTimeout(end, Math.min(ms, LONGEST));
        sleepers.add(end);
        signal.addEventListener('abort', end);
      });
    }
  };
}
