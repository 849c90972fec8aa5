import { ownPost, post, someStore, someVault, T0 } from './testing/fixtures';
import { Dexie } from 'dexie';
import { afterEach, expect, test, vi } from 'vitest';
import { NoSpace, openStore, StoreClosed, type Store } from './index';

afterEach(() => vi.restoreAllMocks());

const putFails = (name: string, times = Infinity) => {
  const put = IDBObjectStore.prototype.put;
  let left = times;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
    left -= 1;
    if (left >= 0) throw new DOMException('as a browser would', name);
    return put.apply(this, args);
  });
};

test('a full disk is said, and nothing that was there is harmed', async () => {
  const { store } = await someStore();
  const first = await store.write(ownPost('ada'));
  putFails('QuotaExceededError');
  await expect(store.write(ownPost('tidak muat'))).rejects.toThrow(NoSpace);
  await expect(store.putPiece('a'.repeat(64), new Uint8Array(9))).rejects.toThrow(NoSpace);
  const block = { docs: [post(T0), post(T0)], deletedIds: [], checkpoint: '1' };
  await expect(store.applyShared('catalogue', block)).rejects.toThrow(NoSpace);
  vi.restoreAllMocks();
  expect(await store.pending()).toMatchObject([{ edit: first.edit }]);
  expect(await store.checkpoint('catalogue')).toBeUndefined();
});

test('a full disk found out at the end of the transaction is said as well', async () => {
  const transaction = IDBDatabase.prototype.transaction;
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...args) {
    const started = transaction.apply(this, args);
    const from = started.objectStore.bind(started);
    started.objectStore = (name) => {
      const store = from(name);
      if (args[1] !== 'readwrite' || name !== 'meta') return store;
      const put = store.put.bind(store);
      store.put = (...given) => {
        const request = put(...given);
        request.addEventListener('success', () => {
          Object.defineProperty(started, 'error', { value: new DOMException('full', 'QuotaExceededError') });
          started.abort();
        });
        return request;
      };
      return store;
    };
    return started;
  });
  const { store } = await someStore();
  await expect(store.setSetting('x', 1)).rejects.toThrow(NoSpace);
});

test('a lost connection is opened again once, and the write is made', async () => {
  const { store } = await someStore();
  putFails('UnknownError', 1);
  const doc = await store.write(ownPost());
  expect(await store.pending()).toMatchObject([{ edit: doc.edit }]);
});

test('a connection that stays lost is an error, not an endless loop', async () => {
  const { store } = await someStore();
  putFails('UnknownError');
  await expect(store.write(ownPost())).rejects.toThrow();
  vi.restoreAllMocks();
  await store.write(ownPost());
  expect(await store.pending()).toHaveLength(1);
});

const everyCall = (store: Store): Promise<unknown>[] => [
  store.write(ownPost()),
  store.pending(),
  store.counts(),
  store.acknowledge(['x']),
  store.feedPage({ limit: 1 }),
  store.applyShared('catalogue', { docs: [], deletedIds: [], checkpoint: '1' }),
  store.applyOwn({ docs: [], deleted: [] }),
  store.secret('refresh'),
  store.pieceBytes()
];

test('after locking the vault every call is refused as closed, those under way included', async () => {
  const { store, vault } = await someStore();
  await store.secret('refresh');
  const underWay = everyCall(store);
  vault.lock();
  const later = everyCall(store);
  for (const result of await Promise.allSettled(later)) {
    expect(result).toMatchObject({ status: 'rejected', reason: expect.any(StoreClosed) });
  }
  for (const result of await Promise.allSettled(underWay)) {
    if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(StoreClosed);
  }
});

test('the store closes for good when its database is deleted, and does not come back empty', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const vault = await someVault();
  const store = await openStore(vault);
  await store.write(ownPost());
  const name = `smartasn-${vault.slot.id}`;
  await new Promise((resolve) => (indexedDB.deleteDatabase(name).onsuccess = resolve));
  await expect(store.pending()).rejects.toThrow(StoreClosed);
  expect((await indexedDB.databases()).map((db) => db.name)).not.toContain(name);
});

test('what was written reaches the disk before it counts; what can be fetched again need not', async () => {
  const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
  const { store } = await someStore();
  transaction.mockClear();
  const asked = () => transaction.mock.calls.filter(([, mode]) => mode === 'readwrite').map(([, , how]) => how);
  const doc = await store.write(ownPost());
  await store.acknowledge([doc.edit]);
  await store.setSecret('refresh', 'x');
  expect(asked()).toEqual(Array(3).fill({ durability: 'strict' }));
  transaction.mockClear();
  await store.applyShared('catalogue', { docs: [], deletedIds: [], checkpoint: '1' });
  await store.putPiece('a'.repeat(64), new Uint8Array(1));
  expect(asked()).toEqual(Array(2).fill({ durability: 'relaxed' }));
});

test('a value that was altered on the disk, or moved to another key, is refused and not shown', async () => {
  const vault = await someVault();
  const store = await openStore(vault);
  await store.setSecret('a', 'satu');
  await store.setSecret('b', 'dua');
  const raw = await new Dexie(`smartasn-${vault.slot.id}`).open();
  const [one, two] = (await raw.table('secrets').toArray()) as { k: string; v: Uint8Array }[];
  await raw.table('secrets').put({ k: one?.k, v: two?.v });
  const altered = two?.v.slice() ?? new Uint8Array(1);
  altered[20] = (altered[20] ?? 0) ^ 1;
  await raw.table('secrets').put({ k: two?.k, v: altered });
  raw.close();
  await expect(store.secret('a')).rejects.toThrow();
  await expect(store.secret('b')).rejects.toThrow();
});
