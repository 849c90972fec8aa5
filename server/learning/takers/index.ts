import { REGISTRY } from '../../../src/lib/domain/databases.ts';
import { pause } from '../../courier/backoff.ts';
import type { Couch } from '../../couch/types.ts';
import { CouchError, isOutage, openDatabase } from '../../registry/database.ts';
import type { Registry } from '../../registry/types.ts';
import { waitingNotes } from './begun.ts';
import { countPersons } from './count.ts';
import { joinChannels } from './join.ts';

/** Pause between two looks at what waits, ms; up to half of it more by chance, so that servers do not march. */
const LOOK = 2_000;

/** How often units are counted at the most, ms: many begin a course together, and a count at each would tell who. */
const COUNT = 60_000;

/** Notes that are worked off together. */
const TOGETHER = 200;

export interface TakersOptions {
  couch: Couch;
  registry: Registry;
  log(message: string): void;
  /** The server's clock, ms since 1970. */
  now?: () => number;
}

/** What follows when persons begin courses, apart from the courier, which only leaves notes. */
export function openTakers({ couch, registry, now = Date.now }: Omit<TakersOptions, 'log'>) {
  const database = openDatabase(couch, 'courier', REGISTRY);
  return {
    /** Makes members of those who began a course since. */
    async join(): Promise<void> {
      const notes = (await waitingNotes(couch)).filter(({ joined }) => !joined).slice(0, TOGETHER);
      if (notes.length === 0) return;
      await joinChannels(couch, registry, notes);
      // Where another server was faster, it has done the same.
      await database.bulk(notes.map((note) => ({ ...note, joined: true })));
    },

    /** Counts the units of those who were made members; the notes go when that is done. */
    async count(): Promise<void> {
      const notes = (await waitingNotes(couch)).filter(({ joined }) => joined).slice(0, TOGETHER);
      if (notes.length === 0) return;
      const persons = await registry.persons([...new Set(notes.map(({ person }) => person))]);
      await countPersons(couch, [...persons.values()], new Date(now()).toISOString());
      await database.bulk(notes.map(({ _id, _rev }) => ({ _id, _rev, _deleted: true })));
    }
  };
}

/** Starts it; several servers may run it, as each makes everything anew from what stands in the databases. */
export function startTakers({ log, ...parts }: TakersOptions): { stop(): Promise<void> } {
  const stopper = new AbortController();
  const { signal } = stopper;
  const takers = openTakers(parts);

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      const isRace = error instanceof CouchError && error.status === 409;
      if (!isOutage(error) && !isRace) log(`takers: ${String(error)}`);
    }
  };

  const run = async (): Promise<void> => {
    let counted = -Infinity;
    while (!signal.aborted) {
      await attempt(() => takers.join());
      if (performance.now() - counted >= COUNT) {
        counted = performance.now();
        await attempt(() => takers.count());
      }
      await pause(LOOK * (1 + Math.random() / 2), signal);
    }
  };
  const running = run();

  return {
    async stop() {
      stopper.abort();
      await running;
    }
  };
}
