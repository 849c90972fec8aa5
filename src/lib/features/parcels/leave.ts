import type { Open } from '../session/states';
import { loadSync } from '../session/later.svelte';
import { carryParcels, loadParcels } from './carrier.svelte';

/** Longest time that sending may take before what is left is sealed, and the time given to a link that seems dead, ms. */
const PATIENCE = 20_000;
const DEAD = 4_000;

/** What became of the unsent work of a person who leaves. `number`: it is sealed in a parcel of that number. */
export type Farewell = { kind: 'safe'; number?: string } | { kind: 'held'; why: Held };

/** Why she cannot leave yet. `refused`: the server would not take something, and she has not said that it may go. */
export type Held = 'cannot-seal' | 'too-large' | 'not-kept' | 'refused';

/** Sends what waits, as long as that gets on; whether nothing is left. */
async function sent({ store, sync }: Pick<Open, 'store' | 'sync'>): Promise<boolean> {
  const { status } = await loadSync();
  const moves = (): boolean => ['moving', 'idle'].includes(status.current.phase);
  return new Promise((resolve) => {
    const timers = [setTimeout(() => end(false), PATIENCE), setTimeout(() => moves() || end(false), DEAD)];
    const end = (isDone: boolean): void => {
      for (const timer of timers) clearTimeout(timer);
      leave();
      resolve(isDone);
    };
    const live = store.live(() => store.counts());
    const leave = live.subscribe(
      ({ waiting }) => waiting === 0 && setTimeout(() => end(true)),
      () => end(false)
    );
    sync.now();
  });
}

/**
 * Makes sure that the work of a person who leaves is safe without her place: with a link it is sent, without one it is
 * sealed and kept on this browser, which carries it when the link is back. What was refused is not her work any more
 * that could be sent, so it is hers to say that it may go.
 * @param given how many refused items she has agreed to lose
 */
export async function sendOrSeal(open: Pick<Open, 'store' | 'sync' | 'vault'>, given: number): Promise<Farewell> {
  const { waiting } = await open.store.counts();
  const isSent = waiting === 0 || (await sent(open));
  if ((await open.store.counts()).refused > given) return { kind: 'held', why: 'refused' };
  return isSent ? { kind: 'safe' } : seal(open);
}

async function seal({ store, vault }: Pick<Open, 'store' | 'vault'>): Promise<Farewell> {
  const { CannotSeal, depositUnsent, ParcelTooLarge } = await loadParcels();
  try {
    const number = await depositUnsent(store, vault.slot.id, { leaving: true });
    void carryParcels();
    return { kind: 'safe', number };
  } catch (error) {
    if (error instanceof CannotSeal) return { kind: 'held', why: 'cannot-seal' };
    return { kind: 'held', why: error instanceof ParcelTooLarge ? 'too-large' : 'not-kept' };
  }
}
