/** Every byte that the databases of this process hold, keys and values, the way a thief of the disk would read them. */
export async function dumpDatabases(): Promise<string> {
  const parts: string[] = [];
  for (const { name = '' } of await indexedDB.databases()) {
    parts.push(name);
    const db = await done(indexedDB.open(name));
    for (const store of Array.from(db.objectStoreNames)) {
      const from = db.transaction(store).objectStore(store);
      parts.push(store, ...Array.from(from.indexNames));
      parts.push(
        ...(await done(from.getAllKeys())).map(readable),
        ...(await done<unknown[]>(from.getAll())).map(readable)
      );
    }
    db.close();
  }
  return parts.join('\n');
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the database cannot be read'));
  });

/** Texts as they are, bytes as Latin-1, so that any ASCII text in them can be found. */
function readable(value: unknown): string {
  if (value instanceof Uint8Array) return String.fromCharCode(...value);
  if (Array.isArray(value)) return value.map(readable).join(' ');
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([name, part]) => `${name}=${readable(part)}`)
      .join(' ');
  return String(value);
}
