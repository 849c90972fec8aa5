import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { afterEach, expect, test, vi } from 'vitest';
import { ownPost, someVault } from './testing/fixtures';
import { NewerBuild, type OpenVault } from '$lib/vault/types';
import { openDb } from './db';
import { openStore } from './index';
import { StoreClosed } from './types';

/** Connections of other tabs. */
const others: { close(): void }[] = [];
afterEach(() => {
  for (const other of others.splice(0)) other.close();
});

const nameOf = (vault: OpenVault): string => `smartasn-${vault.slot.id}`;

/** The tables as a build after this one might have them, opened in another tab. */
async function newerTab(vault: OpenVault): Promise<Dexie> {
  const db = new Dexie(nameOf(vault));
  const { verno } = openDb(nameOf(vault));
  db.version(verno).stores(Object.fromEntries(openDb(nameOf(vault)).tables.map((t) => [t.name, keysOf(t.schema)])));
  db.version(verno + 1).stores({ outbox: '++n, &edit, id, at', news: 'id' });
  others.push(db);
  return db.open();
}

const keysOf = ({ primKey, indexes }: Dexie['tables'][number]['schema']): string =>
  [primKey, ...indexes].map(({ src }) => src).join(', ');

/** A tab that holds a connection and does not hear that another wants to change the tables. */
const sleepingTab = (name: string, version: number): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.onsuccess = () => {
      others.push(request.result);
      resolve(request.result);
    };
    request.onerror = () => reject(request.error ?? new Error('it did not open'));
  });

test('an older tab gives way at once, says so, and loses neither what was written nor the draft', async () => {
  const vault = await someVault();
  const onReplaced = vi.fn();
  const store = await openStore(vault, { onReplaced });
  const post = await store.write(ownPost('belum terkirim'));
  await store.setSetting('draft:post', { text: 'setengah jadi' });
  const writing = store.write(ownPost('sedang ditulis')).then(
    () => 2,
    () => 1
  );

  const newer = await newerTab(vault);
  expect(newer.verno).toBe(openDb(nameOf(vault)).verno + 1);
  expect(onReplaced).toHaveBeenCalledTimes(1);
  await expect(store.write(ownPost('terlambat'))).rejects.toBeInstanceOf(StoreClosed);
  await expect(store.setting('draft:post')).rejects.toBeInstanceOf(StoreClosed);
  expect(await newer.table('outbox').count()).toBe(await writing);
  expect(await newer.table('meta').count()).toBe(1);
  expect(post.edit).toBe((await newer.table<{ edit: string }>('outbox').toCollection().first())?.edit);
});

test('an older build does not open what a newer one has changed', async () => {
  const vault = await someVault();
  const store = await openStore(vault);
  await store.write(ownPost());
  store.close();
  const newer = await newerTab(vault);
  await expect(openStore(vault)).rejects.toBeInstanceOf(NewerBuild);
  expect(await newer.table('outbox').count()).toBe(1);
});

test('a tab that does not give way is told of, and opening goes on as soon as it is closed', async () => {
  const vault = await someVault();
  const asleep = await sleepingTab(nameOf(vault), 1);
  let store: Awaited<ReturnType<typeof openStore>> | undefined;
  await new Promise<void>((resolve, reject) => {
    openStore(vault, { onBlocked: resolve }).then((opened) => (store = opened), reject);
  });
  expect(store).toBeUndefined();
  asleep.close();
  await vi.waitFor(() => expect(store).toBeDefined());
  expect(await store?.counts()).toMatchObject({ waiting: 0 });
  store?.close();
});
