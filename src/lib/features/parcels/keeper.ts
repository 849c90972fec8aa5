import type { Store } from '$lib/store/types';
import { carryParcels, loadParcels } from './carrier.svelte';

/** A place that is about to be destroyed or locked. `store` is there while its owner has it open. */
export interface EndingPlace {
  slot: string;
  store?: Pick<Store, 'pending' | 'secret'>;
  /** The edits that wait in it, where they could be listed without its key. */
  edits?: string[];
}

/**
 * Whether the unsent work of a place is safe without it. An open one is sealed now, into a parcel that this browser
 * carries; of a locked one only what was sealed before it was locked is safe.
 */
export async function keepUnsent({ slot, store, edits = [] }: EndingPlace): Promise<boolean> {
  const { depositUnsent, isDeposited } = await loadParcels();
  if (!store) return isDeposited(slot, edits);
  try {
    await depositUnsent(store, slot);
    void carryParcels();
    return true;
  } catch {
    return false;
  }
}
