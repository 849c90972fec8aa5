import 'fake-indexeddb/auto';
import { vi } from 'vitest';
import { openStore } from '$lib/store/index';
import { someVault } from '$lib/store/testing/fixtures';
import type { OpenVault } from '$lib/vault/types';
import { openPrivateLane } from '../private-lane/index';
import { openPouch, type Pouch } from '../private-lane/pouch';
import { keepSession } from '../session';
import { createApi } from '../tokens';
import type { FakeServer } from './fake-server';

/** A signed-in device of the server's person, with a store and an own database of its own. */
export const someDevice = async (server: FakeServer) => reopenDevice(server, await someVault());

/** The device of a vault, signed in; with what it has from before. */
export async function reopenDevice(server: FakeServer, vault: OpenVault) {
  vi.stubGlobal('fetch', server.fetch);
  const store = await openStore(vault);
  await keepSession(store, { person: server.person, refresh: server.session.refresh });
  const api = createApi(store);
  const name = `smartasn-own-${vault.slot.id}`;
  const make = (): Promise<Pouch> => openPouch(name);
  const open = () => openPrivateLane({ store, vault, api, make });
  return { store, vault, api, make, open, lane: await open(), signal: new AbortController().signal };
}

export type Device = Awaited<ReturnType<typeof someDevice>>;
