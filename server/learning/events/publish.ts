import { isDeepStrictEqual } from 'node:util';
import { CATALOGUE } from '../../../src/lib/domain/databases.ts';
import type { LearningEvent } from '../../../src/lib/domain/documents/event.ts';
import type { Couch } from '../../couch/types.ts';
import { CouchError, openDatabase, type Stored } from '../../registry/database.ts';

type Kept = Stored & LearningEvent;

/** What an event says; when that was written does not count. */
const content = (event: Kept | LearningEvent) => ({
  ...event,
  _rev: undefined,
  createdAt: undefined,
  publishedAt: undefined,
  cancelled: event.cancelled !== undefined
});

/** An event as it is to be kept: what was published before keeps its times, and what says the same is not written. */
function next(fresh: LearningEvent, old: Kept | undefined): LearningEvent | undefined {
  if (!old) return fresh;
  if (isDeepStrictEqual(content(old), content(fresh))) return undefined;
  const { createdAt } = old;
  const cancelled = fresh.cancelled && (old.cancelled ?? fresh.cancelled);
  return { ...fresh, createdAt, ...(cancelled && { cancelled }), _rev: old._rev };
}

/** Puts events into the catalogue, where every device hears of them. An event of the same id is replaced. */
export async function publishEvents(couch: Couch, events: readonly LearningEvent[]): Promise<void> {
  await couch.provision(CATALOGUE);
  const catalogue = openDatabase(couch, 'courier', CATALOGUE);
  const present = await catalogue.byIds<Kept>(events.map(({ _id }) => _id));
  const rows = await catalogue.bulk(events.flatMap((event) => next(event, present.get(event._id)) ?? []));
  const failed = rows.find((row) => row.error);
  if (failed) throw new CouchError(409, `/${CATALOGUE}/${failed.id}`, failed);
}

/** All events of the catalogue, those that begin first first. */
export async function listEvents(couch: Couch): Promise<LearningEvent[]> {
  const events = await openDatabase(couch, 'courier', CATALOGUE).byPrefix<Kept>('event:');
  return events.sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
}

/** Says that an event does not take place; it stays in sight, so that nobody goes there. False when it is not there. */
export async function cancelEvent(couch: Couch, id: string, now: string): Promise<boolean> {
  const catalogue = openDatabase(couch, 'courier', CATALOGUE);
  const found = await catalogue.get<Kept>(id);
  if (!found) return false;
  if (!found.cancelled) await catalogue.put({ ...found, cancelled: now } as Kept);
  return true;
}
