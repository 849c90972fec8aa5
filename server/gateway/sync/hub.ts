import type { Couch } from '../../couch/types.ts';
import { readIncarnation } from './incarnation.ts';
import { makeReadSeq } from './sequence.ts';
import { followUpdates } from './updates.ts';
import { makeWaiters } from './waiters.ts';

export interface DatabaseState {
  incarnation: string;
  /** Update sequence, as CouchDB writes it. */
  seq: string;
}

/** What the gateway knows about databases without asking each time: one feed of updates serves all devices. */
export interface Hub {
  /** The state of a database, at most a few seconds old; undefined when there is no such database. */
  state(database: string): Promise<DatabaseState | undefined>;
  /** Counts events; what was read after `mark()` is fresh as long as `moved` says no. */
  mark(): number;
  /** Whether something may have happened to the database since the mark. */
  moved(database: string, mark: number): boolean;
  /** Resolves when one of the databases may have moved since the mark, after `ms`, or when the signal aborts. */
  changed(databases: readonly string[], mark: number, ms: number, signal: AbortSignal): Promise<void>;
  /** Requests that are held now. */
  readonly held: number;
  /** Whether the gateway is closing: nothing is held any more. */
  readonly stopped: boolean;
  stop(): Promise<void>;
}

/** Events are hints that may be late, so what is known is read again after this time, ms. */
const FRESH = 5_000;
/** Without a feed everything is asked again after this time, and held requests look this often, ms. */
const FRESH_WITHOUT_FEED = 500;
const LOOK_WITHOUT_FEED = 2_000;
const CAPACITY = 50_000;

interface Entry<T> {
  mark: number;
  at: number;
  value: Promise<T>;
}

/** Starts the feed. `warn` hears once of each time it breaks. */
export function startHub(couch: Couch, warn: (error: unknown) => void): Hub {
  const abort = new AbortController();
  const readSeq = makeReadSeq(couch);
  const waiters = makeWaiters();
  const states = new Map<string, Entry<DatabaseState | undefined>>();
  const incarnations = new Map<string, Promise<string | undefined>>();
  const events = new Map<string, number>();
  let count = 1;
  let gap = 0;
  let running = false;

  const feed = followUpdates(
    couch,
    {
      event({ database, type }) {
        events.set(database, ++count);
        if (type !== 'updated') incarnations.delete(database);
        waiters.wake(database);
      },
      running(yes) {
        if (running === yes && !yes) return;
        running = yes;
        gap = ++count;
        events.clear();
        incarnations.clear();
        waiters.wakeAll();
      },
      warn
    },
    abort.signal
  );

  const moved = (database: string, mark: number): boolean => Math.max(events.get(database) ?? 0, gap) > mark;

  const incarnationOf = (database: string): Promise<string | undefined> => {
    const known = running ? incarnations.get(database) : undefined;
    if (known) return known;
    const value = readIncarnation(couch, database);
    if (incarnations.size >= CAPACITY) incarnations.clear();
    incarnations.set(database, value);
    value.then(
      (found) => found === undefined && incarnations.delete(database),
      () => incarnations.delete(database)
    );
    return value;
  };

  const read = async (database: string): Promise<DatabaseState | undefined> => {
    // In this order: a database that is made anew in between is seen under its old incarnation, and that is put right.
    const incarnation = await incarnationOf(database);
    const seq = incarnation === undefined ? undefined : await readSeq(database);
    return incarnation === undefined || seq === undefined ? undefined : { incarnation, seq };
  };

  return {
    state(database) {
      const now = performance.now();
      const known = states.get(database);
      const fresh = running ? FRESH : FRESH_WITHOUT_FEED;
      if (known && now - known.at < fresh && !moved(database, known.mark)) return known.value;
      if (states.size >= CAPACITY) states.clear();
      const entry = { mark: count, at: now, value: read(database) };
      states.set(database, entry);
      entry.value.catch(() => states.get(database) === entry && states.delete(database));
      return entry.value;
    },
    mark: () => count,
    moved,
    async changed(databases, mark, ms, signal) {
      if (databases.some((database) => moved(database, mark))) return;
      await waiters.wait(databases, running ? ms : Math.min(ms, LOOK_WITHOUT_FEED), signal);
    },
    get held() {
      return waiters.size;
    },
    get stopped() {
      return abort.signal.aborted;
    },
    async stop() {
      abort.abort();
      waiters.wakeAll();
      await feed;
    }
  };
}
