import type { Slot } from '$lib/vault/types';
import { session } from '../session/session.svelte';

/** Guests who have left without a word lose their places; what they had not sent is sealed by then, or they stay. */
export async function removeGuests(slots: Slot[]): Promise<void> {
  for (const { id, guest } of slots) if (guest) await session.remove(id, undefined, false);
}
