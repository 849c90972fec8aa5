import { vi } from 'vitest';
import { someStore } from '$lib/store/testing/fixtures';
import { openPrivateLane } from '../private-lane/index';
import { openPouch, type Pouch } from '../private-lane/pouch';
import { keepSession } from '../session';
import { createApi } from '../tokens';
import type { FakeServer } from './fake-server';

/** A signed-in device of the server's person, with a store and an own database of its own. */
export async function someDevice(server: FakeServer) {
  vi.stubGlobal('fetch', server.fetch);
  const { store, vault } = await someStore();
  await keepSession(store, { person: server.person, refresh: server.session.refresh });
  const api = createApi(store);
  const name = `smartasn-own-${vault.slot.id}`;
  const make = (): Promise<Pouch> => openPouch(name);
  const open = () => openPrivateLane({ store, vault, api, make });
  return { store, vault, api, make, open, lane: await open(), signal: new AbortController().signal };
}

export type Device = Awaited<ReturnType<typeof someDevice>>;
