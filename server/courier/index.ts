import { REGISTRY } from '../../src/lib/domain/databases.ts';
import type { Couch } from '../couch/types.ts';
import { isOutage } from '../registry/database.ts';
import type { Registry } from '../registry/types.ts';
import { openCheckpoints } from './checkpoint.ts';
import type { Log } from './deliver.ts';
import { deliverPerson } from './person.ts';
import { createQueue } from './queue.ts';
import { createWatch } from './watch.ts';

export { findBehind } from './behind.ts';
export { openCheckpoints } from './checkpoint.ts';
export { byline, profileCopy } from './copy.ts';

/** Persons delivered at the same time: enough to hide the database's latency, few enough to leave it to others. */
const PARALLEL = 8;

export interface CourierOptions {
  couch: Couch;
  registry: Registry;
  log: Log;
  /** The server's clock, ms since 1970. */
  now?: () => number;
}

export interface Courier {
  /** Ends after what is under way; everything else is found again at the next start. */
  stop(): Promise<void>;
  /** Resolves when everything that stands in persons' databases now has been delivered. */
  idle(): Promise<void>;
}

/** Starts the only writer of shared databases: it takes what persons wrote, checks it, delivers it, and tells them. */
export async function startCourier({ couch, registry, log, now = Date.now }: CourierOptions): Promise<Courier> {
  await couch.provision(REGISTRY);
  const stopper = new AbortController();
  const checkpoints = openCheckpoints(couch);
  const queue = createQueue({
    work: (person) => deliverPerson({ couch, registry, checkpoints, log, now }, person),
    parallel: PARALLEL,
    isOutage,
    onError: (person, error) => log(`courier: person-${person} has to wait: ${String(error)}`)
  });
  const watch = createWatch({ couch, checkpoints, moved: queue.add, log, signal: stopper.signal });
  const following = watch.follow();

  return {
    async stop() {
      stopper.abort();
      await Promise.all([following, queue.stop()]);
      await watch.save().catch((error: unknown) => log(`courier: its place was not kept: ${String(error)}`));
    },
    async idle() {
      await watch.sweep();
      await queue.drained();
    }
  };
}
