import { lifeLeft, NOTICE } from '$lib/vault/life';
import type { Slot } from '$lib/vault/types';
import { m } from '$lib/paraglide/messages';

const DAY = 86_400_000;

/** That a place will destroy itself soon, and what prevents it; empty while that is far away. */
export function lifeWords(slot: Pick<Slot, 'openedAt'>, now = Date.now()): string {
  const left = lifeLeft(slot, now);
  if (left > NOTICE) return '';
  return left <= DAY ? m.session_life_today() : m.session_life_days({ days: Math.ceil(left / DAY) });
}
