import { isDeepStrictEqual } from 'node:util';
import { CATALOGUE, channelDatabase, personDatabase, REGISTRY } from '../../../src/lib/domain/databases.ts';
import { FEWEST_TAKERS, type Takers } from '../../../src/lib/domain/documents/takers.ts';
import { SCHEMAS } from '../../../src/lib/domain/documents/versions.ts';
import { docId, suffixOf } from '../../../src/lib/domain/ids.ts';
import { inReady } from '../../courier/ready.ts';
import type { Couch } from '../../couch/types.ts';
import { CouchError, openDatabase, type BulkRow, type Stored, type Unsaved } from '../../registry/database.ts';
import type { Person } from '../../registry/types.ts';
import { uuidOf } from '../publish.ts';

/** Which courses a person takes, where her unit is counted: `takes:<unit>.<person>` in the registry. */
export interface Takes extends Unsaved {
  type: 'takes';
  courses: string[];
}

/** In which unit a person was counted last: `taker:<person>`. Written when the count is, so it never speaks too early. */
interface Taker extends Unsaved {
  type: 'taker';
  unit: string | null;
}

const takesPrefix = (unit: string): string => `takes:${unit}.`;
const takesId = (unit: string, person: string): string => takesPrefix(unit) + person;

export const takesOf = (unit: string, person: string, courses: string[]): Takes => ({
  _id: takesId(unit, person),
  type: 'takes',
  courses
});

const takersId = (unit: string): string => docId('takers', uuidOf(`takers of ${unit}`));

const unitOf = ({ channels }: Person): string | null => channels.find(({ kind }) => kind === 'unit')?.id ?? null;

function assertWritten(name: string, rows: BulkRow[]): void {
  const failed = rows.find((row) => row.error);
  if (failed) throw new CouchError(failed.error === 'conflict' ? 409 : 403, `/${name}/${failed.id}`, failed);
}

/** The courses of the catalogue that a person's progress speaks of. */
async function coursesOf(couch: Couch, person: string): Promise<string[]> {
  const progress = await openDatabase(couch, 'courier', personDatabase(person)).byPrefix('progress:');
  const ids = progress.map(({ _id }) => docId('course', suffixOf(_id)));
  const known = await openDatabase(couch, 'courier', CATALOGUE).byIds(ids);
  return ids.filter((id) => known.has(id)).sort();
}

/** How many take each course, of those that enough take: fewer would tell who it is. */
export function countTakers(takes: readonly Pick<Takes, 'courses'>[]): Takers['courses'] {
  const counts = new Map<string, number>();
  for (const { courses } of takes)
    for (const course of new Set(courses)) counts.set(course, (counts.get(course) ?? 0) + 1);
  const enough = [...counts].filter(([, count]) => count >= FEWEST_TAKERS);
  return Object.fromEntries(enough.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Counts a unit anew from what each of its persons takes, and tells its channel when that says something else. */
export async function recount(couch: Couch, unit: string, now: string): Promise<void> {
  const takes = await openDatabase(couch, 'courier', REGISTRY).byPrefix<Takes>(takesPrefix(unit));
  const courses = countTakers(takes);
  const _id = takersId(unit);
  await inReady(couch, channelDatabase(unit), async (channel) => {
    const [old] = (await channel.byIds<Stored & Takers>([_id])).values();
    if (isDeepStrictEqual(courses, old?.courses ?? {})) return;
    const fresh: Takers = {
      _id,
      type: 'takers',
      schema: SCHEMAS.takers,
      createdAt: old?.createdAt ?? now,
      zone: 'UTC',
      courses,
      asOf: now
    };
    await channel.put({ ...fresh, _rev: old?._rev });
  });
}

/**
 * Brings the counts of the units of these persons up to date. Everything is made anew from what stands in their
 * databases, so doing it again changes nothing, and who has moved is counted where she is and no longer where she was.
 */
export async function countPersons(couch: Couch, persons: readonly Person[], now: string): Promise<void> {
  const registry = openDatabase(couch, 'courier', REGISTRY);
  const lasts = await registry.byIds<Stored & Taker>(persons.map(({ id }) => `taker:${id}`));
  const lastOf = ({ id }: Person) => lasts.get(`taker:${id}`);
  const units = new Set(persons.flatMap((person) => [unitOf(person) ?? [], lastOf(person)?.unit ?? []].flat()));
  const present = await registry.byIds(persons.flatMap((person) => [...units].map((unit) => takesId(unit, person.id))));
  const writes: Unsaved[] = [];
  for (const person of persons) {
    const unit = unitOf(person);
    const courses = await coursesOf(couch, person.id);
    if (unit !== null) {
      const fresh = takesOf(unit, person.id, courses);
      const old = present.get(fresh._id);
      if (!isDeepStrictEqual(old?.courses, courses)) writes.push({ ...fresh, _rev: old?._rev });
    }
    const left = lastOf(person)?.unit;
    const stale = left && left !== unit ? present.get(takesId(left, person.id)) : undefined;
    if (stale) writes.push({ _id: stale._id, _rev: stale._rev, _deleted: true });
  }
  assertWritten(REGISTRY, await registry.bulk(writes));
  for (const unit of units) await recount(couch, unit, now);
  const takers = persons.flatMap((person): Taker[] => {
    const last = lastOf(person);
    const unit = unitOf(person);
    return last?.unit === unit ? [] : [{ _id: `taker:${person.id}`, _rev: last?._rev, type: 'taker', unit }];
  });
  assertWritten(REGISTRY, await registry.bulk(takers));
}
