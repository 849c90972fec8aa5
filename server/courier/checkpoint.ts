import { personDatabase } from '../../src/lib/domain/databases.ts';
import type { Couch } from '../couch/types.ts';
import { CouchError, openDatabase } from '../registry/database.ts';

const ID = '_local/courier';

export type Sequence = string | number;

type CheckpointDocument = { _id: string; _rev?: string; seq: Sequence; at: string };

export interface Checkpoints {
  /** The sequence up to which this person's database has been delivered; 0 at the beginning. */
  read(person: string): Promise<Sequence>;
  /** Remembers it in her database. Only the courier writes here, so the last revision is known. */
  write(person: string, seq: Sequence): Promise<void>;
  /** Reads it from the database again next time. */
  forget(person: string): void;
}

/** Checkpoints stand in each person's own database, so that a restored copy brings the right one along. */
export function openCheckpoints(couch: Couch): Checkpoints {
  const known = new Map<string, { seq: Sequence; rev: string | undefined }>();
  const open = (person: string) => openDatabase(couch, 'courier', personDatabase(person));

  const load = async (person: string) => {
    const doc = await open(person).get<CheckpointDocument>(ID);
    const entry = { seq: doc?.seq ?? 0, rev: doc?._rev };
    known.set(person, entry);
    return entry;
  };

  return {
    async read(person) {
      return (known.get(person) ?? (await load(person))).seq;
    },
    async write(person, seq) {
      const { rev } = known.get(person) ?? (await load(person));
      try {
        const saved = await open(person).put({
          _id: ID,
          _rev: rev,
          seq,
          at: new Date().toISOString()
        } as CheckpointDocument);
        known.set(person, { seq, rev: saved.rev });
      } catch (error) {
        known.delete(person);
        // A lost answer leaves our own write behind as a conflict: reading anew at the next pass settles it.
        if (!(error instanceof CouchError && error.status === 409)) throw error;
      }
    },
    forget: (person) => void known.delete(person)
  };
}
