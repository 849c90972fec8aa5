import type { CarriedReply, Waiting } from '$lib/sync/parcels/waiting';

/** Loaded when a parcel waits or one is made: most browsers never carry any. */
export const loadParcels = () => import('./load');

const DB = 'smartasn-parcels';

let waiting = $state.raw<Waiting[]>([]);
let replies = $state.raw<CarriedReply[]>([]);
let running: Promise<void> | undefined;

/** The parcels that wait on this browser, for templates; they belong to nobody who can read them here. */
export const parcelsHere = {
  get waiting(): Waiting[] {
    return waiting;
  },
  /** News that go back to those whose parcels were brought from here. */
  get replies(): CarriedReply[] {
    return replies;
  }
};

async function run(): Promise<void> {
  const { startCarrier, watchReplies, watchWaiting } = await loadParcels();
  watchWaiting((next) => (waiting = next));
  watchReplies((next) => (replies = next));
  startCarrier();
}

/** Carries parcels from now on, for as long as the page is open, with or without a person. */
export const carryParcels = (): Promise<void> =>
  (running ??= run().catch(() => {
    running = undefined;
  }));

/** Carries what is here since before. Asked of the browser itself, so that a first visit loads nothing for it. */
export async function carryOldParcels(): Promise<void> {
  try {
    const isThere = !('databases' in indexedDB) || (await indexedDB.databases()).some(({ name }) => name === DB);
    if (isThere) await carryParcels();
  } catch {
    // A browser that keeps nothing has nothing to carry.
  }
}
