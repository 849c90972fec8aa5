import type { SyncStore } from './port';
import { createApi, type Api } from './tokens';

type Secrets = Pick<SyncStore, 'secret' | 'setSecret'>;

const known = new WeakMap<Secrets, Api>();

/** The one `Api` of an open store in this tab: syncing and downloading share its access token. */
export function apiOf(store: Secrets, base = ''): Api {
  const api = known.get(store) ?? createApi(store, base);
  known.set(store, api);
  return api;
}
