import { CATALOGUE, directoryDatabase } from '$lib/domain/databases';
import type { ChannelInfo, Course } from '$lib/domain/documents/course';
import type { SharedDocument } from '$lib/domain/documents/index';
import type { DeliveredPost } from '$lib/domain/documents/post';
import type { DirectoryProfile } from '$lib/domain/documents/profile';
import { CODE } from './codes';
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
