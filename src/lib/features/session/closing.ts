import type { Open } from './states';

/** Longest time in which what was begun before a lock comes to its end, ms. */
const PATIENCE = 1_000;

/** Waits until what the person typed last and where she was is on the disk, sealed. */
export const settled = (open: Open, kept: Promise<unknown>): Promise<unknown> =>
  Promise.race([kept.then(() => open.store.settled()), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);

/** Forgets the keys. Resolves when nothing is under way any more. */
export async function shut({ store, sync, vault }: Open): Promise<void> {
  const stopped = sync.stop();
  store.close();
  vault.lock();
  await stopped;
}
