import { randomUUID } from 'node:crypto';
import { REGISTRY } from '../../src/lib/domain/databases.ts';
import type { Couch } from '../couch/types.ts';
import { openDatabase } from '../registry/database.ts';

const ID = '_local/couriers';

/** A courier is taken as gone when so many readings in a row found no new beat of it. */
const SILENT = 3;

/** Its entry is removed after so many. */
const GONE = 10;

type PeersDocument = { _id: string; _rev?: string; beats: Record<string, number> };

export interface Peers {
  /**
   * Which courier this one is for a person: 0 delivers at once, the others only look after some time whether it was
   * done. All couriers answer for everybody, so a wrong number costs time or double work, and loses nothing.
   */
  rank(person: string): number;
  /** Tells the others that this courier lives, and learns who else does; to be repeated every few seconds. */
  beat(): Promise<void>;
  /** Tells the others that it ends. */
  leave(): Promise<void>;
}

/** The couriers that run side by side, known to each other by the beats that they count in one document. */
export function createPeers(couch: Couch, me: string = randomUUID()): Peers {
  const registry = openDatabase(couch, 'admin', REGISTRY);
  const others = new Map<string, { beat: number; silent: number }>();
  let living = [me];
  let count = 0;

  const read = (): Promise<PeersDocument | undefined> => registry.get<PeersDocument>(ID);

  const write = async (last: PeersDocument | undefined, beats: Record<string, number>): Promise<void> => {
    const doc: PeersDocument = { _id: ID, _rev: last?._rev, beats };
    // Where another courier wrote in this moment, the next beat tells.
    await registry.putUnlessMoved(doc);
  };

  const listen = (beats: Record<string, number>): void => {
    for (const [id, beat] of Object.entries(beats)) {
      const known = others.get(id);
      // Whether a new one lives is known at its next beat: it may be what a killed one has left.
      if (!known) others.set(id, { beat, silent: SILENT });
      else if (known.beat !== beat) others.set(id, { beat, silent: -1 });
    }
    others.delete(me);
    for (const [id, other] of others) {
      other.silent += 1;
      if (other.silent >= GONE) others.delete(id);
    }
    living = [me, ...[...others].filter(([, { silent }]) => silent < SILENT).map(([id]) => id)].sort();
  };

  const beatsOfOthers = (): Record<string, number> =>
    Object.fromEntries([...others].map(([id, { beat }]) => [id, beat]));

  return {
    rank(person) {
      const first = parseInt(person.slice(0, 8), 16) % living.length;
      return (living.indexOf(me) - first + living.length) % living.length;
    },
    async beat() {
      const doc = await read();
      listen(doc?.beats ?? {});
      count += 1;
      await write(doc, { ...beatsOfOthers(), [me]: count });
    },
    async leave() {
      const doc = await read();
      if (doc) await write(doc, Object.fromEntries(Object.entries(doc.beats).filter(([id]) => id !== me)));
    }
  };
}
