import type { SyncStore } from './port';
import type { PrivateLane } from './private-lane/index';
import { repeat, type Leading } from './scheduler';

export interface OutgoingParts extends Leading {
  store: Pick<SyncStore, 'pending'>;
  lane: () => Promise<PrivateLane>;
  /** Something reached the server. */
  pushed: () => void;
}

/** The outbox is looked at this often even when nobody rang (a tab may have died between write and ring), ms. */
const LOOK = 60_000;
/** Rest between two pushes: what is written in quick succession travels together. */
const GATHER = 300;

/** What goes to the server: pushes whenever something waits. Looking costs no request. */
export function runOutgoing(parts: OutgoingParts): Promise<void> {
  const { lane, pushed, phase, link, signal } = parts;
  return repeat(parts, async () => {
    const own = await lane();
    if (!(await own.hasWork())) return LOOK;
    const done = phase.moving();
    try {
      await own.push(signal);
    } finally {
      done();
    }
    link.ok();
    pushed();
    return (await own.hasWork()) ? GATHER : LOOK;
  });
}
