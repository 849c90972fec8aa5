import type { Store } from '$lib/store/types';
import { carryParcels, loadParcels } from '../parcels/carrier.svelte';

/**
 * Seals a guest's unsent work anew whenever it changes: the key of her place dies with the page, and a parcel that only
 * the server opens is what is left of her work then.
 * @returns the way to end it
 */
export function safeguard(store: Pick<Store, 'live' | 'pending' | 'secret'>, slot: string): () => void {
  let running = Promise.resolve();
  const seal = async (): Promise<void> => {
    const { depositUnsent } = await loadParcels();
    await depositUnsent(store, slot).then(
      () => carryParcels(),
      // Not registered yet, or the disk is full: the next change tries again, and the outbox has it meanwhile.
      () => undefined
    );
  };
  return store
    .live(async () => (await store.pending()).map(({ edit }) => edit).join())
    .subscribe((edits) => {
      if (edits) running = running.then(seal);
    });
}
