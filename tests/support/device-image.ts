import { Buffer } from 'node:buffer';

/** What IndexedDB holds for one origin, as JSON: databases of a released build, kept so that later builds can open them. */
export interface DeviceImage {
  databases: DatabaseImage[];
}

interface DatabaseImage {
  name: string;
  /** Version as the browser counts it; Dexie's times ten. */
  version: number;
  stores: StoreImage[];
}

interface StoreImage {
  name: string;
  keyPath: string | string[] | null;
  autoIncrement: boolean;
  indexes: { name: string; keyPath: string | string[]; unique: boolean; multiEntry: boolean }[];
  /** Each row with its key where the value does not hold it. */
  rows: { key?: IDBValidKey; value: unknown }[];
}

const BYTES = 'base64 bytes';

const pack = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return { [BYTES]: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map(pack);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, pack(part)]));
};

const unpack = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(unpack);
  if (typeof value !== 'object' || value === null) return value;
  const bytes = (value as Record<string, unknown>)[BYTES];
  if (typeof bytes === 'string') return new Uint8Array(Buffer.from(bytes, 'base64'));
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, unpack(part)]));
};

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the database does not answer'));
  });

const committed = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('the image was not written'));
  });

async function storeImage(store: IDBObjectStore, withRows: boolean): Promise<StoreImage> {
  const { name, keyPath, autoIncrement } = store;
  const indexes = Array.from(store.indexNames, (index) => store.index(index)).map((index) => ({
    name: index.name,
    keyPath: index.keyPath,
    unique: index.unique,
    multiEntry: index.multiEntry
  }));
  const [keys, values] = withRows ? await Promise.all([done(store.getAllKeys()), done(store.getAll())]) : [[], []];
  const rows = values.map((value: unknown, i) => {
    const key = keys[i];
    return keyPath === null && key !== undefined ? { key, value: pack(value) } : { value: pack(value) };
  });
  return { name, keyPath, autoIncrement, indexes, rows };
}

async function databaseImage(name: string, withRows: boolean): Promise<DatabaseImage> {
  const db = await done(indexedDB.open(name));
  try {
    const names = Array.from(db.objectStoreNames);
    const transaction = db.transaction(names);
    const stores = await Promise.all(names.map((one) => storeImage(transaction.objectStore(one), withRows)));
    return { name, version: db.version, stores };
  } finally {
    db.close();
  }
}

/** Reads the databases with these names. */
export async function takeImage(names: string[], { withRows = true } = {}): Promise<DeviceImage> {
  const databases: DatabaseImage[] = [];
  for (const name of names) databases.push(await databaseImage(name, withRows));
  return { databases };
}

/** Makes the databases of an image, as the build that it was taken from left them. */
export async function restoreImage({ databases }: DeviceImage): Promise<void> {
  for (const { name, version, stores } of databases) {
    await done(indexedDB.deleteDatabase(name));
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = () => {
      for (const store of stores) {
        const { keyPath, autoIncrement } = store;
        const made = request.result.createObjectStore(store.name, { keyPath, autoIncrement });
        for (const index of store.indexes) {
          const { unique, multiEntry } = index;
          made.createIndex(index.name, index.keyPath, { unique, multiEntry });
        }
      }
    };
    const db = await done(request);
    const transaction = db.transaction(Array.from(db.objectStoreNames), 'readwrite');
    const complete = committed(transaction);
    for (const store of stores) {
      for (const { key, value } of store.rows) transaction.objectStore(store.name).put(unpack(value), key);
    }
    await complete;
    db.close();
  }
}
