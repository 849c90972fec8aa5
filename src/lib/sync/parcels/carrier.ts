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

const isDue = ({ refusedAt }: WaitingParcel): boolean =>
  refusedAt === undefined || Math.abs(Date.now() - refusedAt) > AGAIN;

/** Brings all parcels that wait; each goes from this browser once the server has said that it has arrived. */
async function bringAll(base: string): Promise<void> {
  for (const { id, parcel } of (await waitingParcels()).filter(isDue)) {
    const answer = await deliver(parcel, base);
    if (answer.state === 'arrived') await removeParcel(id);
    else await noteRefusal(id, answer.reason);
  }
}

/** One tab at a time; where the browser has no locks, two may bring the same parcel, which does no harm. */
const alone = (locks: Surroundings['locks'], work: () => Promise<void>): Promise<void> =>
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
        await alone(around.locks, () => bringAll(base));
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
