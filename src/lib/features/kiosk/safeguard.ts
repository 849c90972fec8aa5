import type { Store } from '$lib/store/types';
import { carryParcels, loadParcels } from '../parcels/carrier.svelte';
import { NotSealed } from './not-sealed';

/**
 * A guest's store. The key of her place dies with the page, and a parcel that only the server opens is what is left of
 * her work then: a change counts as kept once a parcel that holds it is on the disk. Changes that come while one is being
 * sealed share the next one. A change that rejects with `NotSealed` is made, and waits for a link or for the next parcel.
 */
export async function safeguarded(store: Store, slot: string): Promise<Store> {
  // Loaded now: when the link is gone it is too late.
  const { depositUnsent, loadSealing } = await loadParcels();
  await loadSealing();
  let last: Promise<unknown> = Promise.resolve();
  let next: Promise<void> | undefined;

  const seal = async (): Promise<void> => {
    try {
      await depositUnsent(store, slot);
    } catch (cause) {
      throw new NotSealed('kept, but not sealed', { cause });
    }
    void carryParcels();
  };

  const sealNext = (): Promise<void> => {
    next = undefined;
    const now = seal();
    last = now.catch(() => undefined);
    return now;
  };

  /** What was written before this call is in a parcel when this resolves. */
  const sealed = (): Promise<void> => (next ??= last.then(sealNext));

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
      await Promise.allSettled([next]);
      await last;
    }
  };
}
