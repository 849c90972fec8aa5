import { REGISTRY } from '../../src/lib/domain/databases.ts';
import type { Couch } from '../couch/types.ts';
import { isOutage, openDatabase, request } from '../registry/database.ts';
import { backoff, pause } from './backoff.ts';
import { findBehind, personOf } from './behind.ts';
import type { Checkpoints, Sequence } from './checkpoint.ts';
import type { Log } from './deliver.ts';
import { Place } from './place.ts';

const ID = '_local/courier-updates';

/** How long the database may hold the request for news, ms. */
const HOLD = 25_000;

/** Pause between sweeps where the database has no `_db_updates`, ms. */
const SWEEP_PAUSE = 5_000;

/** Pause between two parts of an unhurried sweep, and between two of them, ms. */
const PART_PAUSE = 2_000;
const ROUND_PAUSE = 300_000;

/** Stands for a sweep among the persons that a place in the feed waits for. */
const SWEEP = 'sweep';

interface Updates {
  results: { db_name: string; type: string }[];
  last_seq: Sequence;
}

export interface WatchOptions {
  couch: Couch;
  checkpoints: Pick<Checkpoints, 'read' | 'forget'>;
  /** A person's database may have moved. */
  moved(person: string): void;
  log: Log;
  signal: AbortSignal;
}

export interface Watch {
  /** Follows the feed until the signal aborts. */
  follow(): Promise<void>;
  /** Reports every person's database that is not at its checkpoint to `found`. */
  sweep(found: (person: string) => void): Promise<void>;
  /** Everything that was reported of this person is delivered. */
  done(person: string): void;
  /** Keeps the place in the feed for the next start. */
  save(): Promise<void>;
}

/**
 * Tells which persons' databases moved. The feed is one request for all of them, and it is followed from the place up
 * to which everything was delivered, so that a start looks at those alone who wrote since. Because a CouchDB that was
 * killed may have forgotten its last news, an unhurried sweep compares all databases with their checkpoints.
 */
export function createWatch({ couch, checkpoints, moved, log, signal }: WatchOptions): Watch {
  const registry = openDatabase(couch, 'admin', REGISTRY);
  const place = new Place();
  let since: Sequence | undefined;
  let saved: Sequence | undefined;
  /** Whether the kept place was not understood. */
  let foreign = false;
  /** Whether the database has a feed of updates; without it, sweeping still finds everything. */
  let feed = true;

  const updates = (query: Record<string, string>): Promise<Updates> =>
    request<Updates>(couch, 'admin', `/_db_updates?${new URLSearchParams(query)}`, { signal });

  const look = async (from: Sequence, mode: 'normal' | 'longpoll'): Promise<Sequence> => {
    const page = await updates({ feed: mode, since: String(from), timeout: String(HOLD) });
    const persons = new Set<string>();
    for (const { db_name: name, type } of page.results) {
      const person = personOf(name);
      // A database that was made anew begins at its own checkpoint.
      if (person && type !== 'updated') checkpoints.forget(person);
      if (person && type !== 'deleted') persons.add(person);
    }
    const news = [...persons];
    place.add(page.last_seq, persons);
    for (const person of news) moved(person);
    return page.last_seq;
  };

  const sweep = (found: (person: string) => void, between?: () => Promise<void>): Promise<void> =>
    findBehind(couch, checkpoints, found, { signal, between });

  /** Where the last courier stopped; without a place that is understood, from now on and after looking at everybody. */
  const begin = async (): Promise<Sequence> => {
    const kept = foreign ? undefined : await registry.get<{ seq: Sequence }>(ID);
    if (kept) return look(kept.seq, 'normal');
    const { last_seq: now } = await updates({ feed: 'normal', since: 'now' });
    const persons = new Set([SWEEP]);
    place.add(now, persons);
    await sweep((person) => {
      persons.add(person);
      moved(person);
    });
    place.done(SWEEP);
    return now;
  };

  const followFeed = async (): Promise<void> => {
    let failures = 0;
    while (!signal.aborted) {
      try {
        if (!feed) {
          await sweep(moved);
          await pause(SWEEP_PAUSE, signal);
        } else {
          since = since === undefined ? await begin() : await look(since, 'longpoll');
          foreign = false;
        }
        failures = 0;
      } catch (error) {
        if (signal.aborted) return;
        failures += 1;
        log(`courier: the feed of updates failed: ${String(error)}`);
        if (!isOutage(error)) {
          // First the place may be of another incarnation of the feed; then there may be no feed at all.
          feed = !foreign;
          foreign = true;
          since = undefined;
        }
        await pause(backoff(failures), signal);
      }
    }
  };

  const sweepUnhurried = async (): Promise<void> => {
    while (!signal.aborted) {
      await pause(PART_PAUSE, signal);
      try {
        await sweep(moved, () => pause(PART_PAUSE, signal));
        await pause(ROUND_PAUSE, signal);
      } catch (error) {
        if (!isOutage(error)) log(`courier: looking at all databases failed: ${String(error)}`);
      }
    }
  };

  return {
    follow: async () => void (await Promise.all([followFeed(), sweepUnhurried()])),
    sweep,
    done: (person) => place.done(person),
    async save() {
      const { seq } = place;
      if (seq === undefined || seq === saved) return;
      const kept = await registry.get<{ _rev: string }>(ID);
      await registry.put({ _id: ID, _rev: kept?._rev, seq } as { _id: string });
      saved = seq;
    }
  };
}
