import { parseDatabase } from '$lib/domain/databases';
import type { SyncStore } from './port';

const DAY = 86_400_000;

/** How long channels are kept on a device after the server received them, ms; the same as a first visit brings. */
const KEPT = 30 * DAY;

/** When channels were last trimmed, ms since 1970 by the server's clock. */
const TRIMMED = 'sync-trimmed-at';

/** The build that last read what was set aside. */
const READ_BY = 'sync-aside-read-by';

/**
 * Removes what is older than the window from the channels among the sources, once a day. What cannot be done now is
 * done after another round.
 * @param now the server's clock, ms since 1970: a device's clock that runs ahead must not empty a feed
 */
export async function trimChannels(
  store: Pick<SyncStore, 'setting' | 'setSetting' | 'trim'>,
  sources: string[],
  now: number
): Promise<void> {
  try {
    const last = (await store.setting<number>(TRIMMED)) ?? 0;
    if (Math.abs(now - last) < DAY) return;
    for (const source of sources) {
      if (parseDatabase(source)?.kind === 'channel') await store.trim(source, now - KEPT);
    }
    await store.setSetting(TRIMMED, now);
  } catch {
    // Housekeeping is no reason to stop the round.
  }
}

/** Reads what an earlier build set aside once more, once for every build. */
export async function readAgain(
  store: Pick<SyncStore, 'retryAside' | 'setting' | 'setSetting'>,
  build: string
): Promise<void> {
  try {
    if ((await store.setting<string>(READ_BY)) === build) return;
    await store.retryAside();
    await store.setSetting(READ_BY, build);
  } catch {
    // It stays set aside, and the next start tries again.
  }
}
