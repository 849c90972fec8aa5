import type { SyncStore } from './port';

/** Name of the setting that remembers when the server last answered completely, ms since 1970. */
const SETTING = 'sync-fresh-at';

/** It is written down at most this often, ms: it is read in minutes. */
const STEP = 60_000;

type Settings = Pick<SyncStore, 'setting' | 'setSetting'>;

/** When the server last answered completely, as far as this device remembers; 0 when it never has. */
export const readFreshAt = async (store: Settings): Promise<number> => (await store.setting<number>(SETTING)) ?? 0;

/** Remembers freshness across restarts. What cannot be written (full disk) is no reason to stop. */
export function createFresh(store: Settings): { note(at: number): Promise<void> } {
  let written = Number.NEGATIVE_INFINITY;
  return {
    async note(at) {
      if (Math.abs(at - written) < STEP) return;
      written = at;
      await store.setSetting(SETTING, at).catch(() => undefined);
    }
  };
}
