import { REGISTRY } from '../../src/lib/domain/databases.ts';
import type { Couch } from '../couch/types.ts';
import { isOutage } from '../registry/database.ts';
import type { Desk } from '../learning/desk/index.ts';
import type { Registry } from '../registry/types.ts';
import { backoff, pause } from './backoff.ts';
import { openCheckpoints } from './checkpoint.ts';
import type { Delivery, Log } from './deliver.ts';
import { createDoubts } from './doubts.ts';
import { createPeers } from './peers.ts';
import { createQueue } from './queue.ts';
import { createRound } from './round.ts';
import { judgePostponed } from './updated.ts';
import { createWatch } from './watch.ts';

export { findBehind } from './behind.ts';
export { openCheckpoints } from './checkpoint.ts';
export { byline, profileCopy } from './copy.ts';

/** Rounds at the same time: one reads while another one writes. */
const PARALLEL = 3;

/** Persons of one round: enough to share the calls to shared databases, few enough to keep each one's wait short. */
const TOGETHER = 32;

/** Time after which a courier looks whether the one before it has delivered, ms; a killed one costs its persons this. */
const GRACE = 3_000;

/**
 * How long a courier waits before it reads its own receipts, ms: only the checkpoint gains by it, and who writes again
 * before has both read together.
 */
const ECHO = 1_000;

/** Pause between beats, ms; up to half of it more by chance, so that couriers do not write at the same time. */
const BEAT = 1_500;

/** How long the last checkpoints may hold up the end, ms; what is not kept is found done at the next start. */
const STOPPING = 3_000;

export interface CourierOptions {
  couch: Couch;
  registry: Registry;
  log: Log;
  /** Answers what persons hand in. */
  desk?: Desk;
  /** The server's clock, ms since 1970. */
  now?: () => number;
}

export interface Courier {
  /** Ends after what is under way; everything else is found again at the next start. */
  stop(): Promise<void>;
  /** Resolves when everything that stands in persons' databases now has been delivered. */
  idle(): Promise<void>;
}

/**
 * Starts a courier, the only writer of shared databases: it takes what persons wrote, checks it, delivers it, and tells
 * them. Several may run at the same time: each answers for everybody, and they share the work.
 */
export async function startCourier({ couch, registry, log, desk, now = Date.now }: CourierOptions): Promise<Courier> {
  await couch.provision(REGISTRY);
  const stopper = new AbortController();
  const { signal } = stopper;
  const checkpoints = openCheckpoints(couch);
  const peers = createPeers(couch);
  const isMine = (person: string): boolean => peers.rank(person) === 0;
  /** Persons whose next news is most probably the receipts that they just got. */
  const answered = new Set<string>();
  const telling = { couch, log, now, desk, answering: (person: string) => void answered.add(person) };
  const doubts = createDoubts({ ...telling, registry });
  const delivery: Delivery = { ...telling, doubt: doubts.add };
  const again = (person: string): void => queue.add(person);
  const round = createRound({ ...delivery, registry, checkpoints, isMine, again });
  const queue = createQueue({
    work: round,
    parallel: PARALLEL,
    together: TOGETHER,
    isOutage,
    onError: (person, error) => log(`courier: person-${person} has to wait: ${String(error)}`),
    onDone: (person) => watch.done(person)
  });
  const moved = (person: string): void => {
    const rank = peers.rank(person);
    if (rank > 0) queue.addLater(person, rank * GRACE);
    else if (answered.delete(person)) queue.addLater(person, ECHO);
    else queue.add(person);
  };
  const watch = createWatch({ couch, checkpoints, moved, log, signal });

  const attempt = async (what: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!isOutage(error)) log(`courier: ${what}: ${String(error)}`);
    }
  };
  const keepUp = async (isIdle: (person: string) => boolean): Promise<void> => {
    const doubted = doubts.persons();
    await attempt('a checkpoint was not kept', () => checkpoints.flush(isIdle, (person) => doubted.has(person)));
    await attempt('its place was not kept', () => watch.save());
  };
  const beat = async (): Promise<void> => {
    while (!signal.aborted) {
      await attempt('its beat was not heard', () => peers.beat());
      await attempt('what it removed was not looked after', () => doubts.check());
      await keepUp((person) => queue.isIdle() && !queue.isLater(person) && !signal.aborted);
      await pause(BEAT * (1 + Math.random() / 2), signal);
    }
  };
  const judgeAgain = async (): Promise<void> => {
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      try {
        return await judgePostponed({ ...delivery, registry, signal });
      } catch (error) {
        log(`courier: what waited for an update has to wait: ${String(error)}`);
        await pause(backoff(attempt), signal);
      }
    }
  };
  const judged = judgeAgain();
  const running = Promise.all([watch.follow(), beat(), judged]);

  return {
    async stop() {
      stopper.abort();
      await Promise.all([running, queue.stop()]);
      const until = performance.now() + STOPPING;
      await keepUp(() => performance.now() < until);
      await attempt('its end was not heard', () => peers.leave());
    },
    async idle() {
      await judged;
      // What the first look finds makes receipts, which the second one passes.
      for (let look = 0; look < 2; look += 1) {
        await watch.sweep(queue.add);
        await queue.drained();
      }
      await doubts.check(0);
      await keepUp(() => true);
    }
  };
}
