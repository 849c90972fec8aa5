import { CATALOGUE, directoryDatabase } from '$lib/domain/databases';
import type { ChannelInfo, Course } from '$lib/domain/documents/course';
import type { LearningEvent } from '$lib/domain/documents/event';
import type { SharedDocument } from '$lib/domain/documents/index';
import type { DeliveredPost } from '$lib/domain/documents/post';
import type { DirectoryProfile } from '$lib/domain/documents/profile';
import type { Takers } from '$lib/domain/documents/takers';
import { CODE } from './codes';
import { sameSeal } from './codec';
import type { Context } from './context';
import type { SharedRow } from './db';
import { packOpener, packsWith, type Packed } from './packs';

/** Context of a shared value: it cannot be moved to another source or id. */
export const sharedContext = (s: string, id: string): string => `${s}|${id}`;

/** Opens one shared row. */
export const openShared = <T extends SharedDocument>({ codec }: Context, row: SharedRow): Promise<T> =>
  codec.open<T>('shared', sharedContext(row.s, row.id), row.v);

/** One document of a known source. */
export async function sharedDoc<T extends SharedDocument>(
  context: Context,
  source: string,
  id: string
): Promise<T | undefined> {
  const { db, codec } = context;
  const key: [string, string] = await Promise.all([codec.blind('source', source), codec.sharedId(id)]);
  const row = await db.shared.get(key);
  return row && openShared<T>(context, row);
}

/** A post whose source is not known; every source has a checkpoint. */
export async function findPost(context: Context, id: string): Promise<DeliveredPost | undefined> {
  const { db } = context;
  const found = await db.transaction('r', db.shared, db.packs, db.checkpoints, async () => {
    const sources = await db.checkpoints.toCollection().primaryKeys();
    const rows = await db.shared.bulkGet(sources.map((s): [string, string] => [s, id]));
    const row = rows.find((row) => row !== undefined);
    return row ?? (await Promise.all(sources.map((s) => packsWith(context, s, [id])))).flat().at(0);
  });
  return found && postOpener(context)(found);
}

/** Opens posts, wherever they stand. */
export function postOpener(context: Context): (found: SharedRow | Packed) => Promise<DeliveredPost> {
  const openPacked = packOpener(context);
  return (found) => ('pack' in found ? openPacked(found) : openShared<DeliveredPost>(context, found));
}

const rowsOf = ({ db }: Context, code: number): Promise<SharedRow[]> =>
  db.shared.where('[t+at]').between([code, -Infinity], [code, Infinity], true, true).reverse().toArray();

const ofType = async <T extends SharedDocument>(context: Context, code: number): Promise<T[]> =>
  Promise.all((await rowsOf(context, code)).map((row) => openShared<T>(context, row)));

type OpenedCourse = { v: SharedRow['v']; doc: Promise<Course> };
const openedCourses = new WeakMap<Context, Map<string, OpenedCourse>>();

/** `Store.channels`. */
export const channels = (context: Context) => ofType<ChannelInfo>(context, CODE.channel);

/** `Store.courses`. */
export async function courses(context: Context): Promise<Course[]> {
  const rows = await rowsOf(context, CODE.course);
  const before = openedCourses.get(context);
  const opened = new Map(
    rows.map((row): [string, OpenedCourse] => {
      const key = `${row.s}|${row.id}`;
      const known = before?.get(key);
      return [key, known && sameSeal(known.v, row.v) ? known : { v: row.v, doc: openShared<Course>(context, row) }];
    })
  );
  openedCourses.set(context, opened);
  return Promise.all([...opened.values()].map(({ doc }) => doc));
}

/** `Store.course`. */
export const course = (context: Context, id: string) => sharedDoc<Course>(context, CATALOGUE, id);

/** `Store.events`. */
export const events = (context: Context) => ofType<LearningEvent>(context, CODE.event);

/** `Store.event`. */
export const event = (context: Context, id: string) => sharedDoc<LearningEvent>(context, CATALOGUE, id);

/** `Store.takers`. */
export async function takers(context: Context): Promise<Map<string, number>> {
  const most = new Map<string, number>();
  for (const { courses } of await ofType<Takers>(context, CODE.takers))
    for (const [id, count] of Object.entries(courses)) most.set(id, Math.max(count, most.get(id) ?? 0));
  return most;
}

/** `Store.person`. */
export const person = (context: Context, agency: string, id: string) =>
  sharedDoc<DirectoryProfile>(context, directoryDatabase(agency), `profile:${id}`);
