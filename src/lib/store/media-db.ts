import { Dexie, type Table } from 'dexie';
import { decrypt, encrypt } from '$lib/vault/keys';
import { yieldToNewer, type TabEvents } from '$lib/vault/newer-build';
import type { Sealed } from './db';

/** A file of a course, by the hash of its hash. */
export interface FileRow {
  k: string;
  v: Sealed;
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

const text = new TextEncoder();
const hashOf = (use: string, sha256: string) => crypto.subtle.digest('SHA-256', text.encode(`${use} ${sha256}`));

/**
 * Under which name a file is kept. Both the name and the key follow from the hash of the content, which stands in the
 * catalogue: everyone who may read a file can find and open it, and the disk alone names none.
 */
export async function fileName(sha256: string): Promise<string> {
  const hash = await Promise.resolve(hashOf('smartasn media name v1', sha256));
  return btoa(String.fromCharCode(...new Uint8Array(hash, 0, 16)));
}

const keyOf = async (sha256: string, use: 'encrypt' | 'decrypt') =>
  crypto.subtle.importKey('raw', await hashOf('smartasn media key v1', sha256), 'AES-GCM', false, [use]);

export const sealFile = async (sha256: string, bytes: Uint8Array<ArrayBuffer>): Promise<Sealed> =>
  encrypt(await keyOf(sha256, 'encrypt'), bytes, 'media');

export const openFile = async (sha256: string, sealed: Sealed): Promise<Uint8Array<ArrayBuffer>> =>
  decrypt(await keyOf(sha256, 'decrypt'), sealed, 'media');
