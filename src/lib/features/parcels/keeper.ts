import type { Store } from '$lib/store/types';
import type { Open } from '../session/states';
import { carryParcels, loadParcels } from './carrier.svelte';

/** A locked place is silent: its parcel is carried as soon as it is clear that it was not only locked in passing, ms. */
const SPARE = 10_000;

/** A place that is about to be destroyed or locked. `store` is there while its owner has it open. */
export interface EndingPlace {
  slot: string;
  store?: Pick<Store, 'pending' | 'secret' | 'unsentFiles'>;
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

/**
 * Seals what waits in a place that is about to be locked, so that it may arrive, or the place go, without its owner. A
 * guest's work is sealed already.
 */
export async function sealAhead({ store, vault }: Pick<Open, 'store' | 'vault'>): Promise<void> {
  const { slot } = vault;
  if (slot.guest || !(await store.counts()).waiting) return;
  const { depositUnsent } = await loadParcels();
  await depositUnsent(store, slot.id, { spare: SPARE });
  void carryParcels();
}
