import { personDatabase } from '../../src/lib/domain/databases.ts';
import type { Couch } from '../couch/types.ts';
import { CouchError, isMissing, openDatabase } from '../registry/database.ts';

const ID = '_local/courier';

/** Longest time that a checkpoint waits while there is other work, ms. */
const PATIENCE = 30_000;

/** Most deliveries that a checkpoint may lag behind. */
const LAG = 500;

/** Checkpoints written at the same time. */
const PARALLEL = 8;

export type Sequence = string | number;

type CheckpointDocument = { _id: string; _rev?: string; seq: Sequence; at: string };

interface Entry {
  seq: Sequence;
  rev: string | undefined;
}

/** What is delivered but not written down. */
interface Unwritten {
  since: number;
  deliveries: number;
}

export interface Checkpoints {
  /** The sequence up to which this person's database has been delivered; 0 at the beginning. */
  read(person: string): Promise<Sequence>;
  /** Goes on to `seq`, after so many deliveries; `flush` writes it down, unless another courier does (`mine`). */
  advance(person: string, seq: Sequence, deliveries: number, mine: boolean): void;
  /**
   * Writes down what has waited long enough, and what is of those for whom `isIdle` says that there is nothing better
   * to do, but nothing of those for whom `isHeld` says that what was done has to be found again. Until then a crash means
   * that deliveries are found done when they are done again.
   */
  flush(isIdle: (person: string) => boolean, isHeld?: (person: string) => boolean): Promise<void>;
  /** Reads it from the database again next time. */
  forget(person: string): void;
}

/** Checkpoints stand in each person's own database, so that a restored copy brings the right one along. */
export function openCheckpoints(couch: Couch, clock: () => number = () => performance.now()): Checkpoints {
  const known = new Map<string, Entry>();
  /** In the order in which they began to wait. */
  const unwritten = new Map<string, Unwritten>();
  const open = (person: string) => openDatabase(couch, 'courier', personDatabase(person));

  const load = async (person: string): Promise<Entry> => {
    const doc = await open(person).get<CheckpointDocument>(ID);
    const entry = { seq: doc?.seq ?? 0, rev: doc?._rev };
    known.set(person, entry);
    return entry;
  };

  const write = async (person: string, waiting: Unwritten): Promise<void> => {
    const entry = known.get(person);
    unwritten.delete(person);
    if (!entry) return;
    try {
      const doc: CheckpointDocument = { _id: ID, _rev: entry.rev, seq: entry.seq, at: new Date().toISOString() };
      entry.rev = (await open(person).put(doc)).rev;
    } catch (error) {
      if (isMissing(error)) return;
      unwritten.set(person, unwritten.get(person) ?? waiting);
      if (!(error instanceof CouchError && error.status === 409)) throw error;
      // Another courier's writing, or our own whose answer was lost.
      entry.rev = (await open(person).get(ID))?._rev;
    }
  };

  return {
    async read(person) {
      return (known.get(person) ?? (await load(person))).seq;
    },
    advance(person, seq, deliveries, mine) {
      const entry = known.get(person);
      if (!entry || entry.seq === seq) return;
      entry.seq = seq;
      const waiting = unwritten.get(person);
      if (waiting) waiting.deliveries += deliveries;
      else if (mine || deliveries > 0) unwritten.set(person, { since: clock(), deliveries });
    },
    async flush(isIdle, isHeld = () => false) {
      const isDue = (person: string, { since, deliveries }: Unwritten): boolean =>
        !isHeld(person) && (isIdle(person) || deliveries >= LAG || clock() - since >= PATIENCE);
      const due = unwritten.entries();
      const worker = async (): Promise<void> => {
        for (const [person, waiting] of due) if (isDue(person, waiting)) await write(person, waiting);
      };
      await Promise.all(Array.from({ length: PARALLEL }, worker));
    },
    forget(person) {
      known.delete(person);
      unwritten.delete(person);
    }
  };
}
