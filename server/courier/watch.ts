import { REGISTRY } from '../../src/lib/domain/databases.ts';
import type { Couch } from '../couch/types.ts';
import { isOutage, openDatabase, request } from '../registry/database.ts';
import { backoff, pause } from './backoff.ts';
import { findBehind, personOf } from './behind.ts';
import type { Checkpoints, Sequence } from './checkpoint.ts';
import type { Log } from './deliver.ts';

const ID = '_local/courier-updates';

/** How long the database may hold the request for news, ms. */
const HOLD = 25_000;

/** Pause between sweeps where the database has no `_db_updates`, ms. */
const SWEEP_PAUSE = 5_000;

interface Updates {
  results: { db_name: string; type: string }[];
  last_seq: Sequence;
}

export interface WatchOptions {
  couch: Couch;
  checkpoints: Checkpoints;
  /** A person's database may have moved. */
  moved(person: string): void;
  log: Log;
  signal: AbortSignal;
}

export interface Watch {
  /** Follows the feed until the signal aborts. */
  follow(): Promise<void>;
  /** Reports every person's database that is not at its checkpoint. */
  sweep(): Promise<void>;
  /** Keeps the place in the feed for the next start. */
  save(): Promise<void>;
}

/**
 * Tells which persons' databases moved. The feed is one request for all of them and only a hint: the checkpoints say
 * what has been delivered, and a sweep at the start and after every interruption compares them all.
 */
export function createWatch({ couch, checkpoints, moved, log, signal }: WatchOptions): Watch {
  const registry = openDatabase(couch, 'admin', REGISTRY);
  let since: Sequence | undefined;
  let started = false;
  /** Whether the kept place was not understood. */
  let foreign = false;
  /** Whether the database has a feed of updates; without it, sweeping still finds everything. */
  let feed = true;

  const updates = (query: Record<string, string>): Promise<Updates> =>
    request<Updates>(couch, 'admin', `/_db_updates?${new URLSearchParams(query)}`, { signal });

  const look = async (mode: 'normal' | 'longpoll'): Promise<void> => {
    since ??= await place();
    const page = await updates({ feed: mode, since: String(since), timeout: String(HOLD) });
    for (const { db_name: name, type } of page.results) {
      const person = type === 'deleted' ? undefined : personOf(name);
      if (person) moved(person);
    }
    since = page.last_seq;
    if (mode === 'longpoll') foreign = false;
  };

  const place = async (): Promise<Sequence> => {
    const kept = foreign ? undefined : await registry.get<{ seq: Sequence }>(ID);
    return kept?.seq ?? (await updates({ feed: 'normal', since: 'now' })).last_seq;
  };

  const sweep = (): Promise<void> => findBehind(couch, checkpoints, moved, signal);

  /** What moved while nobody looked: first what the feed still knows, then all databases. */
  const catchUp = async (): Promise<void> => {
    if (feed) await look('normal');
    await sweep();
  };

  const follow = async (): Promise<void> => {
    let failures = 0;
    while (!signal.aborted) {
      try {
        if (failures > 0 || !started || !feed) await catchUp();
        started = true;
        failures = 0;
        if (feed) await look('longpoll');
        else await pause(SWEEP_PAUSE, signal);
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

  const save = async (): Promise<void> => {
    if (since === undefined) return;
    const kept = await registry.get<{ _rev: string }>(ID);
    await registry.put({ _id: ID, _rev: kept?._rev, seq: since } as { _id: string });
  };

  return { follow, sweep, save };
}
