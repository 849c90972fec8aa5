import { parseDatabase } from '$lib/domain/databases';
import type { SyncStore } from '../port';
import { sourcesOf } from './sources';

/** Which shared databases to ask for. */
export interface Follow {
  /** In order of need; forgets what came from databases that the membership no longer names. */
  sources(): Promise<string[]>;
  /** The server refuses this one: leave it out until the membership changes. */
  exclude(source: string): void;
}

const FOLLOWED = new Set(['channel', 'catalogue', 'directory']);

export function createFollow(store: Pick<SyncStore, 'membership' | 'sources' | 'dropSource'>): Follow {
  const excluded = new Set<string>();
  let last = '';
  return {
    async sources() {
      const membership = await store.membership();
      if (!membership) return [];
      const wanted = sourcesOf(membership);
      const key = JSON.stringify(wanted);
      if (key !== last) excluded.clear();
      last = key;
      const kept = wanted.filter((name) => !excluded.has(name));
      for (const name of await store.sources()) {
        const kind = parseDatabase(name)?.kind ?? '';
        if (FOLLOWED.has(kind) && !kept.includes(name)) await store.dropSource(name);
      }
      return kept;
    },
    exclude: (source) => void excluded.add(source)
  };
}
