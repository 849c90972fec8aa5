import { upgraded } from '$lib/domain/documents/versions';
import type { OpenVault } from '$lib/vault/types';
import { isPersonal } from './codes';
import type { Sealed } from './db';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const CACHE = 5_000;

/**
 * The one seam between readable values and the tables. Sealing comes before a transaction and opening after it: waiting
 * for cryptography inside would end the transaction. Promises of Web Crypto are wrapped in `Promise.resolve`, which
 * Dexie replaces inside `liveQuery` and so keeps track of what a query reads after waiting for them.
 */
export interface Codec {
  seal(table: string, key: string, value: unknown): Promise<Sealed>;
  open<T>(table: string, key: string, sealed: Sealed): Promise<T>;
  sealBytes(table: string, key: string, bytes: Uint8Array<ArrayBuffer>): Promise<Sealed>;
  openBytes(table: string, key: string, sealed: Sealed): Promise<Uint8Array<ArrayBuffer>>;
  /** Keyed hash of a value; the space keeps equal values of different meaning apart. */
  blind(space: 'doc' | 'source' | 'parent' | 'piece' | 'name' | 'aside' | 'file', value: string): Promise<string>;
  /** The id under which a shared document is kept. */
  sharedId(id: string): Promise<string>;
}

/** What an older build sealed, as this build reads it. */
function current(table: string, value: unknown) {
  if (table === 'own' || table === 'inbox' || table === 'shared') return upgraded(table, value);
  if (table === 'packs') return (value as unknown[]).map((doc) => upgraded('shared', doc));
  if (table !== 'outbox') return value;
  const sent = value as { doc: unknown };
  return { ...sent, doc: upgraded('own', sent.doc) };
}

export function createCodec(vault: OpenVault): Codec {
  const blinds = new Map<string, string>();
  vault.onLock(() => blinds.clear());

  const codec: Codec = {
    sealBytes: (table, key, bytes) => Promise.resolve(vault.seal(bytes, `${table}|${key}`)),
    openBytes: (table, key, sealed) => Promise.resolve(vault.unseal(sealed, `${table}|${key}`)),
    seal: (table, key, value) => codec.sealBytes(table, key, encoder.encode(JSON.stringify(value))),
    async open<T>(table: string, key: string, sealed: Sealed) {
      return current(table, JSON.parse(decoder.decode(await codec.openBytes(table, key, sealed)))) as T;
    },
    async blind(space, value) {
      const name = `${space}|${value}`;
      const known = blinds.get(name);
      if (known) return known;
      const hash = await Promise.resolve(vault.blind(name));
      if (blinds.size >= CACHE) blinds.clear();
      blinds.set(name, hash);
      return hash;
    },
    sharedId: (id) => (isPersonal(id) ? codec.blind('doc', id) : Promise.resolve(id))
  };
  return codec;
}

/** Whether two sealed values are one and the same; every sealing begins with 12 fresh random bytes. */
export const sameSeal = (a: Sealed | undefined, b: Sealed | undefined): boolean =>
  a === b || (!!a && !!b && a.length === b.length && a.subarray(0, 12).every((byte, i) => byte === b[i]));
