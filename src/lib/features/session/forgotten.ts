import { lifeLeft } from '$lib/vault/life';
import type { Slot } from '$lib/vault/types';

export interface ForgottenParts {
  destroy: (slotId: string) => Promise<void>;
  /** How many edits of a place are nowhere else. */
  onlyIn: (slotId: string) => Promise<number>;
  /** The server's time, ms; undefined without signal. */
  serverTime: () => Promise<number | undefined>;
  now?: () => number;
}

const PATIENCE = 10_000;

/** The time of the server of this app. */
export async function serverTime(): Promise<number | undefined> {
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch('/api/health', { method: 'HEAD', cache: 'no-store', credentials: 'omit', signal });
    const time = Date.parse(answer.headers.get('date') ?? '');
    return Number.isFinite(time) ? time : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Destroys the places that nobody opened for 30 days, and answers which. A device's clock alone is not believed: one
 * that jumps ahead would take everybody's place. Work that is nowhere else keeps a place until it is sent or sealed.
 */
export async function destroyForgotten(slots: Slot[], parts: ForgottenParts): Promise<Slot[]> {
  const { destroy, onlyIn, serverTime: time, now = Date.now } = parts;
  const seemsOver = slots.filter((slot) => lifeLeft(slot, now()) <= 0);
  const known = seemsOver.length ? await time() : undefined;
  if (known === undefined) return [];
  const gone: Slot[] = [];
  for (const slot of seemsOver) {
    if (lifeLeft(slot, known) > 0) continue;
    if ((await onlyIn(slot.id)) > 0) continue;
    await destroy(slot.id);
    gone.push(slot);
  }
  return gone;
}
