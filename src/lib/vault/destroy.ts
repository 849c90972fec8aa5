/** Deletes one database; false when another tab keeps it open (the browser then deletes it when that tab closes). */
const remove = (name: string): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve(true);
    request.onblocked = () => resolve(false);
    request.onerror = () => reject(request.error ?? new Error('a database could not be deleted'));
  });

/**
 * Deletes every database of a slot, those of PouchDB (`_pouch_…`) included.
 * @returns whether all are gone
 */
export async function removeDatabases(slotId: string): Promise<boolean> {
  const own = [`smartasn-${slotId}`, `smartasn-own-${slotId}`, `_pouch_smartasn-own-${slotId}`];
  const found = 'databases' in indexedDB ? (await indexedDB.databases()).map(({ name }) => name ?? '') : [];
  const names = new Set([...own, ...found.filter((name) => name.includes(slotId))]);
  const gone = await Promise.all([...names].map(remove));
  return gone.every(Boolean);
}
