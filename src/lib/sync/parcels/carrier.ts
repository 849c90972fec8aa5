import { delayOf } from '../backoff';
import { asFailure } from '../failure';
import { sleep } from '../patience';
import { browserSurroundings, type Surroundings } from '../surroundings';
import { createWake } from '../wake';
import { deliver, fetchReply } from './deliver';
import {
  keepReply,
  noteArrival,
  noteRefusal,
  parcelArrived,
  removeParcel,
  waitingParcels,
  watchWaiting,
  type WaitingParcel
} from './waiting';

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

/** Brings a parcel; a reply is fetched when no other one waits. */
async function bring(waiting: WaitingParcel, base: string): Promise<void> {
  const { id, parcel } = waiting;
  const answer = await deliver(parcel, base);
  if (answer.state === 'refused') await noteRefusal(id, answer.reason);
  else if (answer.reply === undefined) await parcelArrived(waiting);
  else await noteArrival(id, answer.reply);
}

/** What does not fit on the disk is not fetched again and again: its author will hear it by the network. */
async function takeReply(waiting: WaitingParcel, base: string): Promise<void> {
  const reply = await fetchReply(waiting.parcel, base);
  if (reply) await keepReply(waiting, reply).catch(() => removeParcel(waiting.id));
  else await removeParcel(waiting.id);
}

/**
 * Brings all parcels that wait; each goes from this browser once the server has said that it has arrived, and what comes
 * back for it is here.
 * @returns how long the next one still rests, ms
 */
async function bringAll(base: string, isSaving: boolean): Promise<number> {
  const due = (await waitingParcels()).filter((one) => restOf(one) === 0);
  for (const one of due) if (one.reply === undefined) await bring(one, base);
  for (const one of await waitingParcels())
    if (one.reply !== undefined && (one.wanted || !isSaving)) await takeReply(one, base);
  const rests = (await waitingParcels()).map((one) => (one.reply === undefined ? restOf(one) : AGAIN));
  return Math.min(AGAIN, ...rests);
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
  const deafen = watchWaiting((here) => {
    const work = here.length + here.filter(({ wanted }) => wanted).length;
    if (known !== undefined && work > known) wake.ring();
    known = work;
  });

  const run = async (): Promise<void> => {
    for (let attempt = 0; !signal.aborted;) {
      const noted = wake.rings;
      const began = performance.now();
      let rest = AGAIN;
      try {
        rest = await alone(around.locks, () => bringAll(base, around.savesData?.() ?? false));
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
