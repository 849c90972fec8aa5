import type { SyncStore } from './port';
import { createApi, type Api } from './tokens';
import { ledgerOf, type UsageStore } from './usage/ledger';
import { createMeter } from './usage/meter';
import { tellsSizes } from './usage/resources';

type Secrets = Pick<SyncStore, 'secret' | 'setSecret'> & UsageStore;

const known = new WeakMap<Secrets, Api>();

/** The one `Api` of an open store in this tab: syncing and downloading share its access token and its count. */
export function apiOf(store: Secrets, base = ''): Api {
  const api = known.get(store) ?? createApi(store, base, createMeter(ledgerOf(store).note, tellsSizes(base)));
  known.set(store, api);
  return api;
}
