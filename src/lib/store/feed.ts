import { isCourseChannel } from '$lib/domain/course-channel';
import { channelDatabase } from '$lib/domain/databases';
import type { OwnPost } from '$lib/domain/documents/post';
import { CODE } from './codes';
import type { Context } from './context';
import { UNDELIVERED, type OwnRow, type SharedRow } from './db';
import { readOwn, type OwnEntry } from './own';
import { packedPosts, type Packed } from './packs';
import { ownPostEntry, postEntry, withoutShared } from './posts';
import { findPost, postOpener } from './shared';
import type { FeedEntry, FeedPage, FeedQuery } from './store-api';

type Timed = { at: number };

/** Times of receipt, ms; both ends are outside. */
interface Span {
  after: number;
  below: number;
}

/** A newest-first run of rows of a span, with every row of its last millisecond: pages are cut between times. */
async function run<T extends Timed>(
  read: (span: Span, limit: number) => PromiseLike<T[]>,
  span: Span,
  limit: number
): Promise<{ rows: T[]; full: boolean }> {
  const rows = await read(span, limit + 1);
  const last = rows[limit - 1];
  const beyond = rows[limit];
  if (!last || !beyond) return { rows, full: false };
  if (beyond.at < last.at) return { rows: rows.slice(0, limit), full: true };
  const ties = await read({ after: last.at - 1, below: last.at + 1 }, Infinity);
  return { rows: [...rows.filter((row) => row.at > last.at), ...ties], full: true };
}

/** Posts of a span, newest first, of one blind source or of all. */
const reader =
  (context: Context, s?: string) =>
  async (span: Span, limit: number): Promise<(SharedRow | Packed)[]> => {
    const head = s === undefined ? [CODE.post] : [s, CODE.post];
    const range = context.db.shared
      .where(s === undefined ? '[t+at]' : '[s+t+at]')
      .between([...head, span.after], [...head, span.below], false, false)
      .reverse();
    const [rows, packed] = await Promise.all([
      (limit === Infinity ? range : range.limit(limit)).toArray(),
      packedPosts(context, s, span, limit)
    ]);
    if (!packed.length) return rows;
    return [...rows, ...packed].sort((a, b) => b.at - a.at).slice(0, limit);
  };

const ownReader =
  ({ db }: Context) =>
  ({ after, below }: Span, limit: number) => {
    const range = db.own
      .where('[t+at]')
      .between([CODE.post, after], [CODE.post, Math.min(below, UNDELIVERED)], false, false)
      .reverse();
    return (limit === Infinity ? range : range.limit(limit)).toArray();
  };

/** One step down the feed: shared and own rows newer than `next` are complete. */
async function step(context: Context, sources: string[] | undefined, span: Span, limit: number) {
  const readers = sources ? sources.map((s) => reader(context, s)) : [reader(context)];
  const { db, codec } = context;
  const [found, own, owned] = await db.transaction('r', db.shared, db.packs, db.checkpoints, db.own, () =>
    Promise.all([
      Promise.all(readers.map((read) => run(read, span, limit))),
      run(ownReader(context), span, limit),
      db.own.where('[t+at]').between([CODE.post, 0], [CODE.post, UNDELIVERED], true, true).limit(1).count()
    ])
  );
  const floor = Math.max(
    -Infinity,
    ...[...found, own].filter(({ full }) => full).map(({ rows }) => rows.at(-1)?.at ?? -Infinity)
  );
  const shared = found.flatMap(({ rows }) => rows);
  // A post of which both copies are here counts once.
  const copied = new Set(owned > 0 ? await Promise.all(shared.map((row) => codec.blind('doc', row.id))) : []);
  const single = own.rows.filter((row) => !copied.has(row.id));
  const times = [...shared, ...single].map(({ at }) => at).filter((at) => at >= floor);
  times.sort((a, b) => b - a);
  const cut = times[limit - 1] ?? floor;
  const keep = <T extends Timed>(rows: T[]): T[] => rows.filter(({ at }) => at >= cut);
  return {
    shared: keep(shared),
    own: keep(own.rows),
    /** Whether the person has written anything at all. */
    isAuthor: owned > 0,
    next: cut === -Infinity ? undefined : cut
  };
}

/** Opens rows and joins the two copies of own posts, whose times may differ. */
async function join(
  context: Context,
  shared: (SharedRow | Packed)[],
  own: OwnRow[],
  isAuthor: boolean
): Promise<FeedEntry[]> {
  const { db, codec } = context;
  const opening = Promise.all(shared.map(postOpener(context)));
  const keys = isAuthor ? await Promise.all(shared.map((row) => codec.blind('doc', row.id))) : [];
  const read = new Set(own.map((row) => row.id));
  const others = keys.filter((key) => !read.has(key));
  const mine = isAuthor ? await readOwn<OwnPost>(context, async () => [...own, ...(await db.own.bulkGet(others))]) : [];
  const copies = new Map<string, OwnEntry<OwnPost>>(mine.map((entry) => [entry.doc._id, entry]));
  const docs = await opening;
  const here = new Set(docs.map((doc) => doc._id));
  const elsewhere = mine.slice(0, own.length).filter((entry) => !here.has(entry.doc._id));
  const alone = await withoutShared(context, elsewhere);
  const entries = [...docs.map((doc) => postEntry(doc, copies.get(doc._id))), ...alone.map(ownPostEntry)];
  return entries.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
}

/** Own posts that the server has not delivered yet, newest first. */
async function onTop(context: Context): Promise<FeedEntry[]> {
  const rows = context.db.own.where('[t+at]').equals([CODE.post, UNDELIVERED]);
  const alone = await withoutShared(context, await readOwn<OwnPost>(context, () => rows.toArray()));
  return alone.map(ownPostEntry).sort((a, b) => b.at - a.at);
}

/** `Store.feedPage`. A page may be longer than `limit` when posts were received in the same millisecond. */
export async function feedPage(context: Context, query: FeedQuery): Promise<FeedPage> {
  const { channels, topic, from = -Infinity, before = Infinity, limit } = query;
  const sources =
    channels && (await Promise.all(channels.map((name) => context.codec.blind('source', channelDatabase(name)))));
  const fits = (entry: FeedEntry): boolean =>
    (!topic || entry.topic === topic) &&
    (channels ? channels.includes(entry.channel) : !isCourseChannel(entry.channel));
  const entries = before === Infinity ? (await onTop(context)).filter(fits) : [];
  let wanted = limit;
  let below: number | undefined = before;
  while (wanted > 0 && below !== undefined) {
    const { shared, own, isAuthor, next }: Awaited<ReturnType<typeof step>> = await step(
      context,
      sources,
      { after: from - 1, below },
      topic ? 4 * limit : wanted
    );
    // A post may be delivered between two readings; it is one entry all the same.
    const here = new Set(entries.map(({ id }) => id));
    const found = (await join(context, shared, own, isAuthor)).filter((entry) => fits(entry) && !here.has(entry.id));
    entries.push(...found);
    wanted -= found.length;
    below = next;
  }
  return below === undefined ? { entries } : { entries, next: below };
}

/** `Store.post`. */
export async function post(context: Context, id: string): Promise<FeedEntry | undefined> {
  const key = await context.codec.blind('doc', id);
  const [own] = await readOwn<OwnPost>(context, async () => [await context.db.own.get(key)]);
  const shared = await findPost(context, id);
  if (shared) return postEntry(shared, own);
  return own && ownPostEntry(own);
}
