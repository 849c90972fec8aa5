import type { Open } from './states';

/** Longest time in which what was begun before a lock comes to its end, ms. */
const PATIENCE = 5_000;

/**
 * Forgets the keys. Resolves when nothing is under way any more.
 * @param kept what is still being written: it and what the person typed last are on the disk, sealed, before
 */
export async function shut({ store, sync, vault }: Open, kept?: Promise<unknown>): Promise<void> {
  const stopped = sync.stop();
  if (kept) {
    const pause = new Promise((resolve) => setTimeout(resolve, PATIENCE));
    await Promise.race([kept.then(() => store.settled()), pause]);
  }
  store.close();
  vault.lock();
  await stopped;
}
