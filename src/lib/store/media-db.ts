import { Dexie, type Table } from 'dexie';
import { yieldToNewer, type TabEvents } from '$lib/vault/newer-build';
import type { Sealed } from './db';

/** A file of a course or a piece of one, by the hash of its hash. `m`: a long file, of which this names the manifest. */
export interface FileRow {
  k: string;
  v: Sealed;
  m?: 1;
}

/** A place `p` of this browser keeps the file `k` of `n` bytes. */
export interface HolderRow {
  p: string;
  k: string;
  n: number;
}

export type MediaDb = Dexie & { files: Table<FileRow, string>; holders: Table<HolderRow, [string, string]> };

/** Opens the files of courses of this browser: each is there once, whoever took it. */
export function openMediaDb(events: TabEvents = {}): MediaDb {
  const db = new Dexie('smartasn-media', { cache: 'disabled', chromeTransactionDurability: 'relaxed' }) as MediaDb;
  db.version(1).stores({ files: 'k', holders: '[p+k], k' });
  yieldToNewer(db, events);
  return db;
}
