import { delayOf } from '../backoff';
import { asFailure } from '../failure';
import { sleep } from '../patience';
import { browserSurroundings, type Surroundings } from '../surroundings';
import { createWake } from '../wake';
import { deliver } from './deliver';
import { noteRefusal, removeParcel, waitingParcels, watchWaiting, type WaitingParcel } from './waiting';

/** A refused parcel is brought again after this time, ms: a server that lost its keys may get them back. */
const AGAIN = 86_400_000;
const LOCK = 'smartasn-parcels';

/** Longest time that a spare parcel rests, ms; what says more was written by a clock that went wrong. */
const SPARE = 60_000;

/** How long a parcel still rests, ms; 0 when it may go. */
function restOf({ refusedAt, after = 0 }: WaitingParcel): number {
  const now = Date.now();
  const refusal = refusedAt === undefined ? 0 : AGAIN - Math.abs(now - refusedAt);
  const spare = after - now <= SPARE ? after - now : 0;
  return Math.max(0, refusal, spare);
}

/**
 * Brings all parcels that wait; each goes from this browser once the server has said that it has arrived.
 * @returns how long the next one still rests, ms
 */
async function bringAll(base: string): Promise<number> {
  for (const { id, parcel } of (await waitingParcels()).filter((one) => restOf(one) === 0)) {
    const answer = await deliver(parcel, base);
    if (answer.state === 'arrived') await removeParcel(id);
    else await noteRefusal(id, answer.reason);
  }
  return Math.min(AGAIN, ...(await waitingParcels()).map(restOf));
}

/** One tab at a time; where the browser has no locks, two may bring the same parcel, which does no harm. */
const alone = (locks: Surroundings['locks'], work: () => Promise<number>): Promise<number> =>
  locks ? locks.request(LOCK, work) : work();

export interface CarrierOptions {
  base?: string;
  surroundings?: Surroundings;
}

/**
 * Carries the parcels of this browser to the server, whoever sits before it and whether anybody is signed in: when it
 * starts, when the link comes back, when the page is seen, and from time to time.
 * @returns the way to end it
 */
export function startCarrier({ base = '', surroundings }: CarrierOptions = {}): () => void {
  const around = surroundings ?? browserSurroundings();
  const wake = createWake();
  const stopping = new AbortController();
  const { signal } = stopping;
  const leave = around.watch((event) => event !== 'hidden' && wake.ring());
  let known: number | undefined;
  const deafen = watchWaiting(({ length }) => {
    if (known !== undefined && length > known) wake.ring();
    known = length;
  });

  const run = async (): Promise<void> => {
    for (let attempt = 0; !signal.aborted;) {
      const noted = wake.rings;
      const began = performance.now();
      let rest = AGAIN;
      try {
        rest = await alone(around.locks, () => bringAll(base));
        attempt = 0;
      } catch (error) {
        const { code, retryAfter } = asFailure(error);
        const cheap = code === 'offline' && performance.now() - began < 1_000;
        rest = delayOf({ attempt, cheap, visible: around.visible(), retryAfter: 0 });
        // The server's wish is no guess about the link: no event makes it shorter.
        if (retryAfter > 0) await sleep(retryAfter * 1000, signal);
        attempt += 1;
      }
      await wake.wait(rest, signal, noted);
    }
  };
  void run();
  return () => {
    stopping.abort();
    leave();
    deafen();
  };
}
