import type { OpenVault } from '$lib/vault/types';
import type { StoredDoc } from './pouch';

/** Turns documents into what may be stored, `{ _id, _rev, _revisions, _deleted, x }`, and back. */
export interface Seal {
  close(doc: StoredDoc): Promise<StoredDoc>;
  open(doc: StoredDoc): Promise<StoredDoc>;
  /** Whether the document was sealed with this vault's key. Throws when the vault itself is of no use (locked). */
  canOpen(doc: StoredDoc): Promise<boolean>;
}

const META = ['_id', '_rev', '_revisions', '_deleted'] as const;

/** The seam of the private lane: every field that is not bookkeeping of CouchDB is sealed into `x`. */
export function createSeal(vault: Pick<OpenVault, 'seal' | 'unseal'>): Seal {
  const context = (id: string) => `own:${id}`;

  async function open(doc: StoredDoc): Promise<StoredDoc> {
    const { x, ...meta } = doc;
    if (typeof x !== 'string') return meta;
    const plain = await vault.unseal(fromBase64(x), context(doc._id));
    return { ...(JSON.parse(new TextDecoder().decode(plain)) as object), ...meta };
  }

  return {
    open,
    async close(doc) {
      const meta: StoredDoc = { _id: doc._id };
      for (const name of META) if (doc[name] !== undefined) Object.assign(meta, { [name]: doc[name] });
      const body = Object.fromEntries(Object.entries(doc).filter(([name]) => !name.startsWith('_')));
      // A bare tombstone stays bare: two devices that bury the same revision then write the same revision.
      if (Object.keys(body).length === 0) return meta;
      const sealed = await vault.seal(new TextEncoder().encode(JSON.stringify(body)), context(doc._id));
      return { ...meta, x: toBase64(sealed) };
    },
    async canOpen(doc) {
      try {
        await open(doc);
        return true;
      } catch {
        const probe = await vault.seal(new Uint8Array(1), 'own:probe');
        await vault.unseal(probe, 'own:probe');
        return false;
      }
    }
  };
}

const CHUNK = 0x8000;

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text);
}

const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
