import type { Couch } from '../../couch/types.ts';
import { request } from '../../registry/database.ts';

export interface UpdateEvent {
  database: string;
  type: string;
}

export interface UpdatesListener {
  event(event: UpdateEvent): void;
  /** The feed runs, after a gap in which anything may have happened; or it does not run. */
  running(yes: boolean): void;
  warn(error: unknown): void;
}

interface Page {
  results: { db_name: string; type: string }[];
  last_seq: string | number;
}

/** How long the database may hold one question, ms. */
const HOLD = 25_000;
const SHORTEST_PAUSE = 250;
const LONGEST_PAUSE = 30_000;

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });

/**
 * Follows `_db_updates` with one request at a time until the signal aborts. Where the feed is missing (CouchDB without
 * `_global_changes`) or the database is away it says so and tries again.
 */
export async function followUpdates(couch: Couch, listener: UpdatesListener, signal: AbortSignal): Promise<void> {
  const ask = (query: Record<string, string>): Promise<Page> =>
    request<Page>(couch, 'admin', `/_db_updates?${new URLSearchParams(query)}`, { signal });
  let failures = 0;
  while (!signal.aborted) {
    try {
      let since = (await ask({ since: 'now' })).last_seq;
      listener.running(true);
      while (!signal.aborted) {
        const page = await ask({ feed: 'longpoll', since: String(since), timeout: String(HOLD) });
        failures = 0;
        since = page.last_seq;
        for (const { db_name: database, type } of page.results) listener.event({ database, type });
      }
    } catch (error) {
      if (signal.aborted) return;
      listener.running(false);
      if (failures === 0) listener.warn(error);
      failures += 1;
      const longest = Math.min(SHORTEST_PAUSE * 2 ** failures, LONGEST_PAUSE);
      await pause(longest * (0.5 + Math.random() / 2), signal);
    }
  }
}
