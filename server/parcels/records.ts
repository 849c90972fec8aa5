import { createHash } from 'node:crypto';
import { REGISTRY } from '../../src/lib/domain/databases.ts';
import type { ParcelRefusal, StatusAnswer } from '../../src/lib/domain/parcel/api.ts';
import type { Couch } from '../couch/types.ts';
import { openDatabase } from '../registry/database.ts';

/** What became of a parcel, in the registry as `parcel:<SHA-256 of its number>`: the number itself is its author's. */
interface ParcelDocument {
  _id: string;
  _rev?: string;
  type: 'parcel';
  at: string;
  state: 'arrived' | 'refused';
  person?: string;
  unmerged?: number;
  reason?: ParcelRefusal;
}

export interface ParcelRecords {
  status(number: string): Promise<StatusAnswer>;
  arrived(number: string, about: { at: string; person: string; unmerged: number }): Promise<void>;
  /** Notes a refusal, unless the parcel has arrived. */
  refused(number: string, about: { at: string; reason: ParcelRefusal }): Promise<void>;
}

const idOf = (number: string): string => `parcel:${createHash('sha256').update(number).digest('hex')}`;

export function openParcelRecords(couch: Couch): ParcelRecords {
  const database = openDatabase(couch, 'gateway', REGISTRY);

  async function note(number: string, about: Omit<ParcelDocument, '_id' | '_rev' | 'type'>): Promise<void> {
    const before = await database.get<ParcelDocument>(idOf(number));
    if (before?.state === 'arrived') return;
    const doc: ParcelDocument = { _id: idOf(number), _rev: before?._rev, type: 'parcel', ...about };
    // Where the same parcel came by two ways at once, the other one notes the same.
    await database.putUnlessMoved(doc);
  }

  return {
    async status(number) {
      const found = await database.get<ParcelDocument>(idOf(number));
      if (!found) return { state: 'unknown' };
      const { at, unmerged = 0, reason } = found;
      return found.state === 'refused' && reason
        ? { state: 'refused', at, reason }
        : { state: 'arrived', at, unmerged };
    },
    arrived: (number, about) => note(number, { state: 'arrived', ...about }),
    refused: (number, about) => note(number, { state: 'refused', ...about })
  };
}
