import { REGISTRY } from '../../src/lib/domain/databases.ts';
import type { Couch } from '../couch/types.ts';
import type { MediaStore } from '../media/types.ts';
import { CouchError, openDatabase, type Unsaved } from '../registry/database.ts';

/** A person's file in the registry: `own-file:<person>.<SHA-256>`. Its bytes stand once, whoever has it. */
interface FileRecord extends Unsaved {
  type: 'own-file';
  size: number;
  media: string;
  at: string;
}

export interface OwnFiles {
  /** Whether this person's file is here whole. */
  has(person: string, sha256: string): Promise<boolean>;
  /** Her file; undefined when she has none of that content, whoever else has. */
  find(person: string, sha256: string): Promise<{ size: number; type: string } | undefined>;
  /** Bytes of all her files. */
  used(person: string): Promise<number>;
  /** Keeps a file of hers, on the disk when this resolves; keeping it again changes nothing. */
  keep(person: string, body: Uint8Array, type: string): Promise<string>;
  open: MediaStore['open'];
}

const prefixOf = (person: string): string => `own-file:${person}.`;

/** Files that persons hand in: bytes in a store of their own, whose they are in the registry. */
export function openOwnFiles(couch: Couch, store: MediaStore): OwnFiles {
  const registry = openDatabase(couch, 'gateway', REGISTRY);
  const record = (person: string, sha256: string) => registry.get<FileRecord>(prefixOf(person) + sha256);
  return {
    async has(person, sha256) {
      return (await record(person, sha256)) !== undefined;
    },
    async find(person, sha256) {
      const found = await record(person, sha256);
      return found && { size: found.size, type: found.media };
    },
    async used(person) {
      const all = await registry.byPrefix<FileRecord>(prefixOf(person));
      return all.reduce((sum, { size }) => sum + size, 0);
    },
    async keep(person, body, type) {
      const sha256 = await store.put(body);
      const doc: FileRecord = {
        ...{ _id: prefixOf(person) + sha256, type: 'own-file', size: body.byteLength },
        ...{ media: type, at: new Date().toISOString() }
      };
      await registry.put(doc).catch((error: unknown) => {
        if (!(error instanceof CouchError && error.status === 409)) throw error;
      });
      return sha256;
    },
    open: (sha256, range) => store.open(sha256, range)
  };
}
