import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { IDBFactory } from 'fake-indexeddb';
import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { rewrite } from '$lib/domain/documents/compose';
import type { OwnPost } from '$lib/domain/documents/post';
import { openStore } from '$lib/store/index';
import type { Store } from '$lib/store/types';
import { keepSession, signIn } from '$lib/sync/index';
import { openDatabase } from '../../server/registry/database.ts';
import { restoreImage } from '../support/device-image.ts';
import {
  ACCOUNT,
  DRAFT,
  fileOf,
  freshDevice,
  makeDevice,
  openVaults,
  PERSON,
  PIECE,
  PIN,
  releasedDevices,
  serverOfPerson,
  syncOf
} from './released/device.ts';
import { PASSWORD } from './sync-server.ts';

/**
 * Every build that people have on their devices has to be followed by one that opens what they wrote. After a change of
 * the tables: raise the version in `store/db.ts` or `vault/vault-db.ts`, then keep the image of a device of it with
 * `KEEP_DEVICE=1 node node_modules/vitest/vitest.mjs run --project contract released-devices`.
 */
if (process.env.KEEP_DEVICE) {
  const device = await makeDevice();
  writeFileSync(fileOf(device.versions), `${JSON.stringify(device)}\n`);
}

const devices = releasedDevices();

beforeEach(() => {
  Dexie.dependencies.indexedDB = globalThis.indexedDB = new IDBFactory();
});

let ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  ends = [];
});

describe('the kept devices', () => {
  test('are there for every version of the tables that there ever was', async () => {
    const { versions } = await freshDevice();
    const kept = (name: 'store' | 'vault' | 'own') => new Set(devices.map((device) => device.versions[name]));
    const upTo = (last: number): number[] => Array.from({ length: last }, (_, i) => i + 1);
    expect([...kept('store')]).toEqual(upTo(versions.store));
    expect([...kept('vault')]).toEqual(upTo(versions.vault));
    expect(kept('own')).toContain(versions.own);
  });

  test('have the tables of this build, so that no version changes after its release', async () => {
    const { image } = await freshDevice();
    const shape = (databases: typeof image.databases) =>
      databases.map(({ version, stores }) => ({ version, stores: stores.map((store) => ({ ...store, rows: [] })) }));
    expect(shape(devices.at(-1)?.databases ?? [])).toEqual(shape(image.databases));
  });
});

const states = async (store: Store, ids: string[]) =>
  Promise.all(ids.map(async (id) => (await store.ownItem(id))?.state.kind));

describe.each(devices)('a device with store $versions.store and vault $versions.vault', (device) => {
  const { slot, waiting, refused, removed } = device;

  async function open() {
    await restoreImage(device);
    const vaults = openVaults();
    expect((await vaults.listSlots()).map(({ id }) => id)).toEqual([slot]);
    const vault = await vaults.openVault(slot, PIN);
    const store = await openStore(vault);
    ends.push(() => vaults.close());
    ends.push(() => store.close());
    return { vault, store };
  }

  test('opens with its PIN, and everything is there: the outbox in its order, the draft, files, what was set aside', async () => {
    const { store } = await open();
    const pending = await store.pending();
    expect(pending.map(({ id }) => id)).toEqual([...waiting, removed, refused]);
    expect(pending.at(-1)).toMatchObject({ refused: 'too-long' });
    expect(await states(store, [...waiting, refused])).toEqual([...waiting.map(() => 'waiting'), 'refused']);
    expect(await store.ownItem(removed)).toBeUndefined();
    expect(await store.setting('draft:post')).toEqual({ text: DRAFT });
    expect(await store.piece(PIECE)).toEqual(new Uint8Array(2_000).fill(7));
    expect(await store.counts()).toEqual({ waiting: 7, refused: 1, setAside: 1 });
    expect(await store.membership()).toMatchObject({ person: PERSON });
    expect((await store.feedPage({ limit: 20 })).entries.map(({ id }) => id)).toContain(waiting[0]);
  });

  test('sends all of it, and what the server had lost as well', { timeout: 120_000 }, async () => {
    const { vault, store } = await open();
    const server = await serverOfPerson();
    ends.push(() => server.remove());
    await keepSession(store, await signIn(ACCOUNT, PASSWORD, server.base));
    const sync = syncOf(store, vault, server.base);
    ends.push(() => sync.stop());
    await vi.waitFor(async () => expect(await states(store, waiting)).toEqual(waiting.map(() => 'delivered')), {
      timeout: 60_000
    });
    expect(await states(store, [refused])).toEqual(['refused']);
    const own = openDatabase(server.parts.couch, 'courier', `person-${PERSON}`);
    expect([...(await own.byIds([...waiting, removed])).keys()].sort()).toEqual([...waiting].sort());

    const mended = (await store.ownItem<OwnPost>(refused))?.doc;
    if (!mended) throw new Error('the refused post is gone');
    await store.write(rewrite(mended, 'Sekarang ringkas.'));
    sync.now();
    await vi.waitFor(async () => expect(await states(store, [refused])).toEqual(['delivered']), { timeout: 60_000 });
    expect(await store.counts()).toMatchObject({ waiting: 0, refused: 0 });
    const channel = openDatabase(server.parts.couch, 'courier', 'channel-nasional');
    expect((await channel.get(waiting[0] ?? ''))?.text).toBe('Kelas dibuka lagi lusa.');
    expect((await channel.get(refused))?.text).toBe('Sekarang ringkas.');
  });
});
