import { setTimeout as pause } from 'node:timers/promises';
import { personDatabase } from '../../../src/lib/domain/databases.ts';
import { isOwnType } from '../../../src/lib/domain/documents/index.ts';
import { receiptId, timeOfUuid, typeOf, UUID_PATTERN } from '../../../src/lib/domain/ids.ts';
import type { Couch } from '../../couch/types.ts';
import { findBehind, openCheckpoints } from '../../courier/index.ts';
import { openDatabase } from '../../registry/database.ts';
import type { Words } from '../words.ts';
import { bad, forEach, ok, type Finding } from './finding.ts';
import { ageIn, type DoctorWords } from './words.ts';

/** Time between two looks at who waits: a courier that lives has done something in it, ms. */
const LOOK_AGAIN = 2_000;
const PARALLEL = 8;
/** Persons who are looked at, and changes of each. */
const MOST = 200;
const CHANGES = 200;

/** Edits of a person that have no answer yet. */
interface Waiting {
  person: string;
  edits: string[];
  /** The courier has never looked into her database. */
  isNew: boolean;
}

/**
 * What waits in a person's database. The courier writes its checkpoint down some time after it delivered, so what stands
 * behind the checkpoint may have been answered already.
 */
async function waitingOf(couch: Couch, person: string): Promise<Waiting> {
  const database = openDatabase(couch, 'courier', personDatabase(person));
  const since = await openCheckpoints(couch).read(person);
  const { results } = await database.changes(since, CHANGES);
  const own = results.filter(({ id, deleted }) => !deleted && isOwnType(typeOf(id)));
  const receipts = await database.byIds(own.map(({ id }) => receiptId(id)));
  const edits = own
    .filter(({ id, doc }) => receipts.get(receiptId(id))?.edit !== doc.edit)
    .flatMap(({ doc }) => (typeof doc.edit === 'string' && UUID_PATTERN.test(doc.edit) ? [doc.edit] : []));
  return { person, edits, isNew: since === 0 };
}

async function look(couch: Couch): Promise<Waiting[]> {
  const persons: string[] = [];
  await findBehind(couch, openCheckpoints(couch), (person) => persons.push(person));
  const waiting = await forEach(persons.slice(0, MOST), PARALLEL, (person) => waitingOf(couch, person));
  return waiting.filter(({ edits }) => edits.length > 0);
}

/** Whether everything was delivered; otherwise whether the courier is at it, and how old the oldest waiting edit is. */
export async function checkCourier(couch: Couch, general: Words, words: DoctorWords): Promise<Finding[]> {
  const before = await look(couch);
  if (before.length === 0) return [ok(general.upToDate)];
  await pause(LOOK_AGAIN);
  const after = await look(couch);
  const count = (list: Waiting[]): number => list.reduce((sum, { edits }) => sum + edits.length, 0);
  const known = new Set(before.flatMap(({ edits }) => edits));
  const still = after.filter(({ edits }) => edits.some((edit) => known.has(edit)));
  if (count(still) < count(before)) return [ok(words.behindMoving(count(before), count(after)))];
  const oldest = Math.min(...still.flatMap(({ edits }) => edits.map(timeOfUuid)));
  const never = still.filter(({ isNew }) => isNew).length;
  const details = [words.oldest(ageIn(words, Date.now() - oldest)), ...(never ? [words.noneKept(never)] : [])];
  return [bad(words.behindStill(still.length), details)];
}
