import type { SyncStore } from './port';

/** Name of the setting that remembers when the server last answered completely, ms since 1970. */
const SETTING = 'sync-fresh-at';

/** Name of the setting that remembers this for each source. */
const SOURCES = 'sync-fresh-sources';

/** It is written down at most this often, ms: it is read in minutes. */
const STEP = 10_000;

/** The person's own database among the sources. */
export const OWN = 'own';

type Settings = Pick<SyncStore, 'setting' | 'setSetting'>;

/** When everything new in each followed database had arrived, ms since 1970 by the device's clock. */
export type FreshSources = Record<string, number>;

/** A moment that is still to come was written down by a clock that was wrong: it says nothing. */
const isPast = (at: number): boolean => at <= Date.now();

/** When the server last answered completely, as far as this device remembers; 0 when it never has. */
export async function readFreshAt(store: Pick<Settings, 'setting'>): Promise<number> {
  const at = (await store.setting<number>(SETTING)) ?? 0;
  return isPast(at) ? at : 0;
}

/** When each source was last complete. */
export async function readFreshSources(store: Pick<Settings, 'setting'>): Promise<FreshSources> {
  const all = (await store.setting<FreshSources>(SOURCES)) ?? {};
  return Object.fromEntries(Object.entries(all).filter(([, at]) => isPast(at)));
}

export interface Fresh {
  /** Everything new in these had arrived at this moment. */
  note(at: number, sources: string[]): Promise<void>;
}

/** Remembers freshness across restarts. What cannot be written (full disk) is no reason to stop. */
export function createFresh(store: Settings): Fresh {
  let written = Number.NEGATIVE_INFINITY;
  let known: FreshSources | undefined;
  return {
    async note(at, sources) {
      try {
        known ??= await readFreshSources(store);
        const isNew = sources.some((source) => known?.[source] === undefined);
        for (const source of sources) known[source] = at;
        if (!isNew && Math.abs(at - written) < STEP) return;
        written = at;
        await store.setSetting(SETTING, at);
        await store.setSetting(SOURCES, known);
      } catch {
        // It is written with the next round.
      }
    }
  };
}

/**
 * Everything new in these until then came by hand.
 * @param isAll these are all that the person follows
 */
export async function noteCarried(
  store: Pick<SyncStore, 'changeSetting'>,
  at: number,
  sources: string[],
  isAll: boolean
): Promise<void> {
  const later = (before = 0): number => (isPast(before) ? Math.max(before, at) : at);
  await store.changeSetting<FreshSources>(SOURCES, (all = {}) => ({
    ...all,
    ...Object.fromEntries(sources.map((source) => [source, later(all[source])]))
  }));
  if (isAll) await store.changeSetting<number>(SETTING, later);
}
