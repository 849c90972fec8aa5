import type { Couch } from '../couch/types.ts';
import { CouchError, openDatabase, type Database, type Stored } from '../registry/database.ts';
import type { Person } from '../registry/types.ts';
import type { Receipt } from '../../src/lib/domain/documents/receipt.ts';
import { receiptId, typeOf } from '../../src/lib/domain/ids.ts';
import { plain, type OwnChange } from './change.ts';
import { decide, lookups, type Decision, type Lookup } from './decide.ts';

/** What is known of the databases that a batch of decisions asks about, kept up to date as decisions are made. */
export class View {
  readonly #rows = new Map<string, Stored>();

  static async load(couch: Couch, wanted: Lookup[]): Promise<View> {
    const view = new View();
    const byDatabase = Map.groupBy(wanted, ({ database }) => database);
    await Promise.all(
      [...byDatabase].map(async ([name, rows]) => {
        const found = await inReady(couch, name, (database) => database.byIds(rows.map(({ id }) => id)));
        for (const doc of found.values()) view.#rows.set(`${name}/${doc._id}`, doc);
      })
    );
    return view;
  }

  find(database: string, id: string): Stored | undefined {
    return this.#rows.get(`${database}/${id}`);
  }

  /** Takes the writes of a decision as done, so that a comment finds the post that precedes it in the same batch. */
  apply({ writes }: Decision): void {
    for (const { database, doc } of writes) {
      if (doc._deleted) this.#rows.delete(`${database}/${doc._id}`);
      else this.#rows.set(`${database}/${doc._id}`, doc as Stored);
    }
  }
}

/** Posts first: comments and reactions of the same batch may point to them. Otherwise the order of the changes. */
const postsFirst = (changes: OwnChange[]): OwnChange[] => {
  const isPost = ({ id }: OwnChange): boolean => typeOf(id) === 'post';
  return [...changes.filter(isPost), ...changes.filter((change) => !isPost(change))];
};

/** Reads, in one call per database, what the changes ask about, and decides each. Writes nothing. */
export async function decideBatch(
  couch: Couch,
  own: Database,
  person: Person,
  changes: OwnChange[],
  now: string
): Promise<{ decisions: Decision[]; receipts: Map<string, Stored & Receipt> }> {
  const receipts = await own.byIds<Stored & Receipt>(changes.map(({ id }) => receiptId(id)));
  const earlierOf = ({ id }: OwnChange) => receipts.get(receiptId(id));
  const wanted = changes.flatMap((change) => lookups(change, person, earlierOf(change)));
  const view = await View.load(couch, wanted);

  const early = await undelivered(own, changes, wanted, view);
  if (early.length > 0) return decideBatch(couch, own, person, [...early, ...changes], now);

  const decisions = postsFirst(changes).map((change) => {
    const decision = decide(change, { person, now, earlier: earlierOf(change), find: (db, id) => view.find(db, id) });
    view.apply(decision);
    return decision;
  });
  return { decisions, receipts };
}

/**
 * Own posts that changes of this batch point to and that stand later in the feed of changes, because they were
 * edited since: they are delivered along with it.
 */
async function undelivered(own: Database, changes: OwnChange[], wanted: Lookup[], view: View): Promise<OwnChange[]> {
  const here = new Set(changes.map(({ id }) => id));
  const missing = wanted.filter(
    ({ database, id }) => typeOf(id) === 'post' && !here.has(id) && !view.find(database, id)
  );
  const found = await own.byIds(missing.map(({ id }) => id));
  return [...found.values()].map((doc) => ({ id: doc._id, deleted: false, doc: plain(doc) }));
}

/**
 * Writes the copies of a batch, one call per database. Returns the decisions that a database would not store, with its
 * reason; throws when another writer was faster, so that the batch is decided anew.
 */
export async function writeCopies(couch: Couch, decisions: Decision[]): Promise<Map<Decision, string>> {
  const refused = new Map<Decision, string>();
  const writes = decisions.flatMap((decision) => decision.writes.map((write) => ({ ...write, decision })));
  await Promise.all(
    [...Map.groupBy(writes, ({ database }) => database)].map(async ([name, group]) => {
      const rows = await inReady(couch, name, (database) => database.bulk(group.map(({ doc }) => doc)));
      rows.forEach((row, index) => {
        if (row.error === 'conflict') throw new CouchError(409, `/${name}/${row.id}`, row);
        const decision = group[index]?.decision;
        if (row.error && decision) refused.set(decision, `${row.error}: ${row.reason ?? ''}`);
      });
    })
  );
  return refused;
}

/** Statuses of a database that is not there, or is being made and lets in nobody but the administrator yet. */
const UNREADY = new Set([403, 404]);

/** Works on a shared database, which is made when a member writes into it for the first time. */
async function inReady<T>(couch: Couch, name: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = openDatabase(couch, 'courier', name);
  try {
    return await work(database);
  } catch (error) {
    if (!(error instanceof CouchError && UNREADY.has(error.status))) throw error;
    await couch.provision(name).catch((reason: unknown) => {
      throw new CouchError(0, `/${name}`, { reason: String(reason) });
    });
    return work(database);
  }
}
