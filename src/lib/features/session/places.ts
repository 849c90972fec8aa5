import { lifeLeft } from '$lib/vault/life';
import type { Slot } from '$lib/vault/types';
import { SECRET } from '$lib/sync/secrets';
import { keepUnsent } from '../parcels/keeper';
import { endSession } from './end-session';
import { destroyForgotten, serverTime } from './forgotten';
import { loadStore, loadVault } from './later.svelte';

/** How many edits of a locked place are nowhere else: neither at the server nor in a parcel. */
export async function onlyIn(slot: string): Promise<number> {
  const { unsentIn } = await loadStore();
  const edits = await unsentIn(slot);
  return edits.length > 0 && !(await keepUnsent({ slot, edits })) ? edits.length : 0;
}

/**
 * Removes a locked place from this browser, key first. With the PIN its session on the server ends as well.
 * @param pin undefined when it is forgotten
 * @param anyway although work is lost that the server does not have
 * @returns how many edits would be lost; when there are any, nothing was removed
 * @throws PinRefused
 */
export async function removePlace(slot: string, pin: string | undefined, anyway: boolean): Promise<number> {
  const [{ openVault, destroySlot }, { openStore }] = await Promise.all([loadVault(), loadStore()]);
  const vault = pin === undefined ? undefined : await openVault(slot, pin);
  const store = vault && (await openStore(vault));
  try {
    const unsent = anyway ? 0 : await onlyIn(slot);
    if (unsent > 0 && !(store && (await keepUnsent({ slot, store })))) return unsent;
    const refresh = await store?.secret(SECRET.refresh);
    const destroyed = destroySlot(slot);
    store?.close();
    await destroyed;
    void endSession(refresh);
    return 0;
  } finally {
    store?.close();
    vault?.lock();
  }
}

/**
 * Destroys what nobody opened for 30 days, and lets go of the files of places that are gone.
 * @param open the place that is open now, if one is
 * @returns the places that were destroyed
 */
export async function tidyPlaces(open: string | undefined): Promise<Slot[]> {
  const [{ destroySlot, guestsElsewhere, listSlots }, { keepMediaOf }] = await Promise.all([loadVault(), loadStore()]);
  const slots = (await listSlots()).filter(({ id }) => id !== open);
  const isOver = slots.some((slot) => lifeLeft(slot, Date.now()) <= 0);
  const parts = { destroy: destroySlot, onlyIn, serverTime };
  const gone = isOver ? await destroyForgotten(slots, parts) : [];
  await keepMediaOf([...(await listSlots()).map(({ id }) => id), ...(await guestsElsewhere())]);
  return gone;
}
