/** A sleep that can be ended from outside. */
export interface Wake {
  /** How often it has rung: note it before looking for work, and no ring in between is lost. */
  readonly rings: number;
  ring(): void;
  /** Sleeps at most `ms`; ends early at a ring (also one since `noted`) or when the signal fires. */
  wait(ms: number, signal: AbortSignal, noted?: number): Promise<void>;
}

/** Longest delay that timers take, ms. */
const LONGEST = 2 ** 31 - 1;

export function createWake(): Wake {
  const sleepers = new Set<() => void>();
  let rings = 0;
  return {
    get rings() {
      return rings;
    },
    ring() {
      rings += 1;
      for (const wake of [...sleepers]) wake();
    },
    wait(ms, signal, noted = rings) {
      return new Promise((resolve) => {
        if (signal.aborted || noted !== rings) return resolve();
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
