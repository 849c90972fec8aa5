import { backoff, pause } from './backoff.ts';

export interface QueueOptions {
  /**
   * Does the work of some keys together. Answers which of them have to come again later, and why; rejects when all have
   * to. A key that `add` names during its work comes once more in any case.
   */
  work(keys: string[]): Promise<Map<string, unknown>>;
  /** Calls of `work` at the same time. */
  parallel: number;
  /** Most keys of one call. */
  together: number;
  /** Whether a failure concerns everyone (the database does not answer) and not just these keys. */
  isOutage(error: unknown): boolean;
  onError(key: string, error: unknown): void;
  /** All that was asked about the key is done. */
  onDone?(key: string): void;
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface Queue {
  /** Has the key worked on, once more after the work that is under way. */
  add(key: string): void;
  /** Has the key worked on when this time has passed and `add` did not name it before. */
  addLater(key: string, ms: number): void;
  /** Whether the key waits for its time. */
  isLater(key: string): boolean;
  /** Whether nothing waits (but for its time) and nothing is under way. */
  isIdle(): boolean;
  /** Resolves when the queue is idle. */
  drained(): Promise<void>;
  /** Starts nothing more; resolves when what was under way has ended. */
  stop(): Promise<void>;
}

/**
 * Keys in the order in which they came, many in one piece of work, never one key twice at a time. A failed key comes
 * back after a growing pause. In an outage all keys wait together, so that thousands do not knock at once.
 */
export function createQueue(options: QueueOptions): Queue {
  const { work, parallel, together, isOutage, onError, onDone, wait = pause } = options;
  const waiting = new Set<string>();
  const running = new Set<string>();
  const again = new Set<string>();
  const attempts = new Map<string, number>();
  const resting = new Set<string>();
  const later = new Map<string, NodeJS.Timeout>();
  const stopper = new AbortController();
  let calls = 0;
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
    // After an outage one key tries whether it is over.
    const [limit, size] = outage > 0 ? [1, 1] : [parallel, together];
    while (!paused && !stopper.signal.aborted && calls < limit && waiting.size > 0) {
      const keys = [...waiting.values().take(size)];
      for (const key of keys) {
        waiting.delete(key);
        running.add(key);
      }
      calls += 1;
      void run(keys);
    }
    settle();
  };

  const run = async (keys: string[]): Promise<void> => {
    try {
      const failed = await work(keys);
      outage = 0;
      for (const key of keys) end(key, failed);
    } catch (error) {
      for (const key of keys) onError(key, error);
      if (isOutage(error)) restAll(keys);
      else for (const key of keys) restOne(key);
    }
    calls -= 1;
    pump();
  };

  const end = (key: string, failed: Map<string, unknown>): void => {
    if (failed.has(key)) {
      onError(key, failed.get(key));
      restOne(key);
      return;
    }
    attempts.delete(key);
    running.delete(key);
    if (again.delete(key)) waiting.add(key);
    else if (!later.has(key)) onDone?.(key);
  };

  const leave = (key: string): void => {
    running.delete(key);
    again.delete(key);
  };

  const restAll = (keys: string[]): void => {
    for (const key of keys) {
      leave(key);
      waiting.add(key);
    }
    if (paused) return;
    paused = true;
    outage += 1;
    void wait(backoff(outage), stopper.signal).then(() => {
      paused = false;
      pump();
    });
  };

  const restOne = (key: string): void => {
    leave(key);
    const attempt = (attempts.get(key) ?? 0) + 1;
    attempts.set(key, attempt);
    resting.add(key);
    void wait(backoff(attempt), stopper.signal).then(() => {
      if (resting.delete(key)) waiting.add(key);
      pump();
    });
  };

  const add = (key: string): void => {
    if (stopper.signal.aborted) return;
    clearTimeout(later.get(key));
    later.delete(key);
    if (running.has(key)) again.add(key);
    else if (!resting.has(key)) waiting.add(key);
    pump();
  };

  const settled = (): Promise<void> =>
    new Promise((resolve) => {
      listeners.push(resolve);
      settle();
    });

  return {
    add,
    addLater(key, ms) {
      if (stopper.signal.aborted || later.has(key) || waiting.has(key) || again.has(key)) return;
      later.set(
        key,
        setTimeout(() => add(key), ms)
      );
    },
    isLater: (key) => later.has(key),
    isIdle,
    drained: settled,
    async stop() {
      stopper.abort();
      for (const timer of later.values()) clearTimeout(timer);
      await settled();
    }
  };
}
