import { REGISTRY } from '../../../src/lib/domain/databases.ts';
import { docId, suffixOf } from '../../../src/lib/domain/ids.ts';
import type { Couch } from '../../couch/types.ts';
import { openDatabase, type Stored, type Unsaved } from '../../registry/database.ts';

const PREFIX = 'begun:';

/**
 * Somebody has begun (or ended) a course: what follows from it is still to be done. `course` is missing when it is she
 * who has moved. `joined` is set when only the counting is left.
 */
export interface Begun extends Unsaved {
  type: 'begun';
  person: string;
  /** Document id of the course. */
  course?: string;
  joined?: true;
}

/** The note that a person has begun a course or, when it is gone, ended it, by the id of her progress in it. */
export const begunCourse = (person: string, progress: string, gone: boolean): Begun => {
  const uuid = suffixOf(progress);
  if (gone) return { _id: `${PREFIX}${person}.${uuid}.gone`, type: 'begun', person };
  return { _id: `${PREFIX}${person}.${uuid}`, type: 'begun', person, course: docId('course', uuid) };
};

/** The note that a person belongs to another unit than before. */
export const hasMoved = (person: string): Begun => ({ _id: `${PREFIX}${person}.moved`, type: 'begun', person });

/** Keeps notes until they are worked off; one that is there already says the same. */
export async function noteBegun(couch: Couch, notes: Begun[]): Promise<void> {
  if (notes.length > 0) await openDatabase(couch, 'courier', REGISTRY).bulk(notes);
}

/** All notes that wait. */
export const waitingNotes = (couch: Couch): Promise<(Begun & Stored)[]> =>
  openDatabase(couch, 'courier', REGISTRY).byPrefix<Begun & Stored>(PREFIX);
