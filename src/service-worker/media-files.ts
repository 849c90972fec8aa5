import type { GetFile } from '$lib/store/long-file';
import type { FileRow } from '$lib/store/media-db';

/** The files of courses of this browser as the worker reads them. */
export interface Files {
  get: GetFile;
  close(): void;
}

/**
 * Opens the database that `store/media-db.ts` makes, and never makes it: undefined while there is none. It gives way
 * at once when a page changes or removes it.
 */
export function openFiles(): Promise<Files | undefined> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('smartasn-media');
    request.onupgradeneeded = () => request.transaction?.abort();
    request.onerror = () => (request.error?.name === 'AbortError' ? resolve(undefined) : reject(request.error));
    request.onsuccess = () => {
      const db = request.result;
      db.onversionchange = () => db.close();
      resolve({ get: (k) => rowOf(db, k), close: () => db.close() });
    };
  });
}

function rowOf(db: IDBDatabase, k: string): Promise<FileRow | undefined> {
  return new Promise((resolve, reject) => {
    const request: IDBRequest<FileRow | undefined> = db.transaction('files').objectStore('files').get(k);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
