import type { DeliveredPost } from '$lib/domain/documents/post';
import { typeOf } from '$lib/domain/ids';
import { sameSeal } from './codec';
import type { Context } from './context';
import type { PackRow, StoreDb } from './db';
import { boundsOf, receivedAt, type Bounds } from './packing';

/** A post inside a pack, with the fields that rows of posts are found by. */
export interface Packed {
  s: string;
  id: string;
  at: number;
  pack: PackRow;
}

const contextOf = ({ s, last }: Pick<PackRow, 's' | 'last'>): string => `${s}|${last}`;
const keyOf = ({ s, last }: PackRow): [string, string] => [s, last];

/** Seals posts of a source as one row, newest first. */
export async function packRow({ codec }: Context, s: string, posts: DeliveredPost[]): Promise<PackRow> {
  const sorted = posts.toSorted((a, b) => receivedAt(b) - receivedAt(a));
  const bounds = boundsOf(sorted);
  const v = await codec.seal('packs', contextOf({ s, last: bounds.last }), sorted);
  return { s, ...bounds, ids: sorted.map((post) => post._id), times: sorted.map(receivedAt), v };
}

/** Opens posts of packs, each pack once. */
export function packOpener({ codec }: Context): (packed: Packed) => Promise<DeliveredPost> {
  const opened = new Map<PackRow, Promise<DeliveredPost[]>>();
  return async ({ id, pack }) => {
    const posts = opened.get(pack) ?? codec.open<DeliveredPost[]>('packs', contextOf(pack), pack.v);
    opened.set(pack, posts);
    const post = (await posts).find(({ _id }) => _id === id);
    if (!post) throw new Error('a pack does not hold what its row says');
    return post;
  };
}

/** What the packs of a source span. */
export async function packBounds(context: Context, s: string): Promise<Bounds | undefined> {
  const { db } = context;
  const [oldest, newest] = await db.transaction('r', db.packs, () =>
    Promise.all([packsOf(context, s).first(), packsOf(context, s).last()])
  );
  if (!oldest || !newest) return undefined;
  // Packs that overlap in nothing stand in one order by ids and by times.
  return { first: oldest.first, last: newest.last, from: oldest.from, at: newest.at };
}

/** The packs of a source that hold these ids; only posts are packed. */
export async function packsWith({ db }: Context, s: string, given: string[]): Promise<Packed[]> {
  const ids = given.filter((id) => typeOf(id) === 'post');
  if (!ids.length) return [];
  const found = await db.transaction('r', db.packs, () =>
    Promise.all(ids.map((id) => db.packs.where('[s+last]').between([s, id], [s, '\uffff'], true, true).first()))
  );
  return found.flatMap((pack, i) => {
    const at = pack?.ids.indexOf(ids[i] ?? '') ?? -1;
    return pack && at >= 0 ? [{ s, id: pack.ids[at] ?? '', at: pack.times[at] ?? 0, pack }] : [];
  });
}

/** What becomes of the packs that hold some of these ids: rows without them, empty ones to be removed. */
export async function packsWithout(context: Context, s: string, ids: string[]): Promise<Rewrite[]> {
  const gone = new Map<string, { pack: PackRow; ids: Set<string> }>();
  for (const { id, pack } of await packsWith(context, s, ids)) {
    const one = gone.get(pack.last) ?? { pack, ids: new Set() };
    gone.set(pack.last, { pack: one.pack, ids: one.ids.add(id) });
  }
  const { codec } = context;
  return Promise.all(
    [...gone.values()].map(async ({ pack, ids }) => {
      const isKept = (id: string | undefined): boolean => id !== undefined && !ids.has(id);
      const posts = await codec.open<DeliveredPost[]>('packs', contextOf(pack), pack.v);
      const v = await codec.seal(
        'packs',
        contextOf(pack),
        posts.filter(({ _id }) => isKept(_id))
      );
      const times = pack.times.filter((_, i) => isKept(pack.ids[i]));
      return { old: pack, row: { ...pack, ids: pack.ids.filter(isKept), times, v } };
    })
  );
}

/** A pack as it was read and as it shall be; its bounds stay. */
export interface Rewrite {
  old: PackRow;
  row: PackRow;
}

/** Writes changed packs, inside a transaction. One that was forgotten meanwhile stays so. */
export async function rewrite(db: StoreDb, changes: Rewrite[]): Promise<void> {
  for (const { old, row } of changes) {
    const now = await db.packs.get(keyOf(old));
    if (!now) continue;
    if (!sameSeal(now.v, old.v)) throw new Error('a pack was changed by somebody else');
    await (row.ids.length ? db.packs.put(row) : db.packs.delete(keyOf(old)));
  }
}

/** Writes new packs, inside a transaction, and removes the rows of posts that are in them now. */
export async function putPacks(db: StoreDb, packs: PackRow[]): Promise<void> {
  for (const { s, first, last, ids } of packs) {
    const rows = await db.shared.where('[s+id]').between([s, first], [s, last], true, true).primaryKeys();
    const held = rows.filter(([, id]) => ids.includes(id));
    if (held.length) await db.shared.bulkDelete(held);
  }
  if (packs.length) await db.packs.bulkPut(packs);
}

/** Posts in packs with times between `after` and `below`, newest first, of one blind source or of all. */
export async function packedPosts(
  { db }: Context,
  s: string | undefined,
  { after, below }: { after: number; below: number },
  limit: number
): Promise<Packed[]> {
  const sources = below === Infinity ? [] : s === undefined ? await db.checkpoints.toCollection().primaryKeys() : [s];
  const first = await Promise.all(
    sources.map((one) => db.packs.where('[s+at]').between([one, below], [one, Infinity], true, true).first())
  );
  const found: Packed[] = [];
  const take = (pack: PackRow): void => {
    pack.ids.forEach((id, i) => {
      const at = pack.times[i] ?? 0;
      if (at > after && at < below) found.push({ s: pack.s, id, at, pack });
    });
  };
  for (const pack of first) if (pack && pack.from < below) take(pack);
  const range =
    s === undefined
      ? db.packs.where('at').between(after, below, false, false)
      : db.packs.where('[s+at]').between([s, after], [s, below], false, false);
  const certain = (at: number): boolean => found.filter((one) => one.at >= at).length >= limit;
  await range
    .reverse()
    .until((pack) => certain(pack.at))
    .each(take);
  return found.sort((a, b) => b.at - a.at).slice(0, limit);
}

/** The pack that a time falls into, without the posts that were received before it. */
export async function packWithoutOlder(context: Context, s: string, before: number): Promise<Rewrite[]> {
  const { db } = context;
  const pack = await db.packs.where('[s+at]').between([s, before], [s, Infinity], true, true).first();
  const older = pack?.ids.filter((_, i) => (pack.times[i] ?? before) < before) ?? [];
  return packsWithout(context, s, older);
}

/** Removes packs of a source whose newest post was received before `before` (ms), inside a transaction. */
export const trimPacks = ({ db }: Context, s: string, before: number) =>
  db.packs.where('[s+at]').between([s, -Infinity], [s, before], true, false).delete();

/** Range of all packs of a source, by its blind name. */
export const packsOf = ({ db }: Context, s: string) => db.packs.where('[s+last]').between([s, ''], [s, '\uffff']);
