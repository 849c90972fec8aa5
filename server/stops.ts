import type { Logger } from 'pino';

/** Ends what was started, the newest first. */
export interface Stops {
  add(stop: () => Promise<unknown>): void;
  /** Runs all and ends the process with this code; the second call ends it at once. */
  run(code: number): Promise<void>;
  /** Whether the end has begun. */
  readonly begun: boolean;
}

/** A part that does not end within this time is left behind: nothing acknowledged depends on an orderly end. */
const PATIENCE_MS = 10_000;

/** Listens for SIGINT and SIGTERM, at any time of the start as well. */
export function makeStops(log: Pick<Logger, 'error'>): Stops {
  const stops: (() => Promise<unknown>)[] = [];
  let begun = false;

  const run = async (code: number): Promise<void> => {
    if (begun) process.exit(code || 1);
    begun = true;
    setTimeout(() => process.exit(code || 1), PATIENCE_MS).unref();
    for (let stop = stops.pop(); stop; stop = stops.pop()) {
      await stop().catch((error: unknown) => log.error({ err: error }, 'a part did not end in order'));
    }
    process.exit(code);
  };

  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void run(0));
  return {
    add: (stop) => void stops.push(stop),
    run,
    get begun() {
      return begun;
    }
  };
}
