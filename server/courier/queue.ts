import { backoff, pause } from './backoff.ts';

export interface QueueOptions {
  /** Does the work of one key; rejects when it has to be done again later. */
  work(key: string): Promise<void>;
  /** Keys worked on at the same time. */
  parallel: number;
  /** Whether a failure concerns everyone (the database does not answer) and not just this key. */
  isOutage(error: unknown): boolean;
  onError(key: string, error: unknown): void;
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface Queue {
  /** Has the key worked on, once more after the work that is under way. */
  add(key: string): void;
  /** Resolves when nothing waits and nothing is under way. */
  drained(): Promise<void>;
  /** Starts nothing more; resolves when what was under way has ended. */
  stop(): Promise<void>;
}

/**
 * Keys in the order in which they came, several at a time, never one key twice at a time. A failed key comes back
 * after a growing pause. In an outage all keys wait together, so that thousands do not knock at once.
 */
export function createQueue({ work, parallel, isOutage, onError, wait = pause }: QueueOptions): Queue {
  const waiting = new Set<string>();
  const running = new Set<string>();
  const again = new Set<string>();
  const attempts = new Map<string, number>();
  const resting = new Set<string>();
  const stopper = new AbortController();
  let outage = 0;
  let paused = false;
  let listeners: (() => void)[] = [];

  const isIdle = (): boolean => waiting.size + running.size + resting.size === 0;
  const settle = (): void => {
    const over = stopper.signal.aborted ? running.size === 0 : isIdle();
    if (!over) return;
    const told = listeners;
    listeners = [];
    for (const tell of told) tell();
  };

  const pump = (): void => {
    const limit = outage > 0 ? 1 : parallel;
    while (!paused && !stopper.signal.aborted && running.size < limit) {
      const [next] = waiting;
      if (next === undefined) break;
      waiting.delete(next);
      running.add(next);
      void run(next);
    }
    settle();
  };

  const run = async (key: string): Promise<void> => {
    try {
      await work(key);
      attempts.delete(key);
      outage = 0;
      running.delete(key);
      if (again.delete(key)) waiting.add(key);
    } catch (error) {
      onError(key, error);
      running.delete(key);
      again.delete(key);
      if (isOutage(error)) restAll(key);
      else restOne(key);
    }
    pump();
  };

  const restAll = (key: string): void => {
    waiting.add(key);
    if (paused) return;
    paused = true;
    outage += 1;
    void wait(backoff(outage), stopper.signal).then(() => {
      paused = false;
      pump();
    });
  };

  const restOne = (key: string): void => {
    const attempt = (attempts.get(key) ?? 0) + 1;
    attempts.set(key, attempt);
    resting.add(key);
    void wait(backoff(attempt), stopper.signal).then(() => {
      if (resting.delete(key)) waiting.add(key);
      pump();
    });
  };

  const whenSettled = (): Promise<void> =>
    new Promise((resolve) => {
      listeners.push(resolve);
      settle();
    });

  return {
    add(key) {
      if (stopper.signal.aborted) return;
      if (running.has(key)) again.add(key);
      else if (!resting.has(key)) waiting.add(key);
      pump();
    },
    drained: whenSettled,
    async stop() {
      stopper.abort();
      await whenSettled();
    }
  };
}
