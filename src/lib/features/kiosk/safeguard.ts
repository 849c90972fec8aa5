import type { Store } from '$lib/store/types';
import { carryParcels, loadParcels } from '../parcels/carrier.svelte';
import { NotSealed } from './not-sealed';

/** So long the network has to bring what she wrote before its parcel is carried as well, ms. */
const SPARE = 5_000;

/**
 * A guest's store. The key of her place dies with the page, and a parcel that only the server opens is what is left of
 * her work then: a change counts as kept once a parcel that holds it is on the disk. Changes that come while one is being
 * sealed share the next one. A change that rejects with `NotSealed` is made, and waits for a link or for the next parcel.
 */
export async function safeguarded(store: Store, slot: string): Promise<Store> {
  // Loaded now: when the link is gone it is too late.
  const { depositUnsent, loadSealing, removeSparesOf } = await loadParcels();
  await loadSealing();
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  /** One after the other: what is cleared away is never what has just been sealed. */
  const inLine = (work: () => Promise<void>): Promise<void> => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };

  const seal = async (): Promise<void> => {
    next = undefined;
    try {
      await depositUnsent(store, slot, { spare: SPARE });
    } catch (cause) {
      throw new NotSealed('kept, but not sealed', { cause });
    }
    void carryParcels();
  };

  /** What was written before this call is in a parcel when this resolves. */
  const sealed = (): Promise<void> => (next ??= inLine(seal));

  const isSent = async (): Promise<boolean> => (await store.pending()).every(({ refused }) => refused !== undefined);

  const clear = async (): Promise<void> => {
    if (await isSent()) await removeSparesOf(slot);
  };
  store.live(isSent).subscribe((isIt) => {
    // The disk may say no; then the parcel is carried as well, which does no harm.
    if (isIt) inLine(clear).catch(() => undefined);
  });

  async function guarded<T>(change: Promise<T>): Promise<T> {
    const done = await change;
    await sealed();
    return done;
  }

  return {
    ...store,
    write: (doc) => guarded(store.write(doc)),
    discard: (id) => guarded(store.discard(id)),
    retry: (edit) => guarded(store.retry(edit)),
    async settled() {
      await store.settled();
      await last;
    }
  };
}
