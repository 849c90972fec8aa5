import { CATALOGUE, directoryDatabase } from '$lib/domain/databases';
import type { ChannelInfo, Course } from '$lib/domain/documents/course';
import type { SharedDocument } from '$lib/domain/documents/index';
import type { DirectoryProfile } from '$lib/domain/documents/profile';
import { CODE } from './codes';
import type { Context } from './context';
import type { SharedRow } from './db';

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

/** The row of a document whose source is not known; every source has a checkpoint. */
export async function findShared({ db, codec }: Context, id: string): Promise<SharedRow | undefined> {
  const key = await codec.sharedId(id);
  return db.transaction('r', db.shared, db.checkpoints, async () => {
    const sources = await db.checkpoints.toCollection().primaryKeys();
    const rows = await db.shared.bulkGet(sources.map((s): [string, string] => [s, key]));
    return rows.find((row) => row !== undefined);
  });
}

async function ofType<T extends SharedDocument>(context: Context, code: number): Promise<T[]> {
  const range = context.db.shared.where('[t+at]').between([code, -Infinity], [code, Infinity], true, true);
  const rows = await range.reverse().toArray();
  return Promise.all(rows.map((row) => openShared<T>(context, row)));
}

/** `Store.channels`. */
export const channels = (context: Context) => ofType<ChannelInfo>(context, CODE.channel);

/** `Store.courses`. */
export const courses = (context: Context) => ofType<Course>(context, CODE.course);

/** `Store.course`. */
export const course = (context: Context, id: string) => sharedDoc<Course>(context, CATALOGUE, id);

/** `Store.person`. */
export const person = (context: Context, agency: string, id: string) =>
  sharedDoc<DirectoryProfile>(context, directoryDatabase(agency), `profile:${id}`);
