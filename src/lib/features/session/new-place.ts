import type { SessionGrant } from '$lib/domain/api';
import type { Store } from '$lib/store/types';
import type { OpenVault } from '$lib/vault/types';
import { loadSync, loadVault } from './later.svelte';

/**
 * Makes a place for the person of a grant, and keeps her session in it; a guest's needs a link. When that fails, nothing
 * is left of it.
 * @param stay how long it stays when nobody opens it, ms, or `guest`: as long as this page
 */
export async function makePlace(
  grant: SessionGrant,
  pin: string,
  stay: number | 'guest' | undefined,
  openStore: (vault: OpenVault) => Promise<Store>
): Promise<{ vault: OpenVault; store: Store }> {
  const { createSlot, destroySlot } = await loadVault();
  const vault = await createSlot(pin, stay);
  try {
    const store = await openStore(vault);
    const { apiOf, keepSession, registerDevice } = await loadSync();
    await keepSession(store, grant);
    // What a guest writes counts once it is sealed, so she has no place before it can be.
    if (stay === 'guest') await registerDevice(store, apiOf(store));
    return { vault, store };
  } catch (error) {
    vault.lock();
    await destroySlot(vault.slot.id).catch(() => undefined);
    throw error;
  }
}
