import type { Couch } from '../couch/types.ts';
import type { Database, Stored } from '../registry/database.ts';
import type { Person } from '../registry/types.ts';
import type { Receipt } from '../../src/lib/domain/documents/receipt.ts';
import { receiptId, typeOf } from '../../src/lib/domain/ids.ts';
import { plain, type OwnChange } from './change.ts';
import { decide, lookups, type Decision, type Lookup } from './decide.ts';
import { View } from './view.ts';

/** What one person wrote, to be delivered together. */
export interface Batch {
  person: Person;
  own: Database;
  changes: OwnChange[];
  /**
   * Look first whether something has been delivered before. Otherwise a document's first revision is taken as new, and
   * a conflict tells when it is not: that saves two calls per person.
   */
  careful: boolean;
}

/** A batch with what follows from it. */
export interface Decided extends Batch {
  decisions: Decision[];
  receipts: Map<string, Stored & Receipt>;
}

/** Posts first: comments and reactions of the same batch may point to them. Otherwise the order of the changes. */
const postsFirst = (changes: OwnChange[]): OwnChange[] => {
  const isPost = ({ id }: OwnChange): boolean => typeOf(id) === 'post';
  return [...changes.filter(isPost), ...changes.filter((change) => !isPost(change))];
};

const isNew = (change: OwnChange, { careful }: Batch): boolean => change.first && !careful;

async function readReceipts(batch: Batch): Promise<Decided> {
  const asked = batch.changes.filter((change) => !isNew(change, batch));
  const receipts = await batch.own.byIds<Stored & Receipt>(asked.map(({ id }) => receiptId(id)));
  return { ...batch, receipts, decisions: [] };
}

const earlierOf = ({ receipts }: Decided, { id }: OwnChange) => receipts.get(receiptId(id));

const wantedBy = (batch: Decided): Lookup[] =>
  batch.changes.flatMap((change) =>
    lookups(change, batch.person, earlierOf(batch, change)).filter(
      ({ id }) => id !== change.id || !isNew(change, batch)
    )
  );

/**
 * Reads, in one call per shared database, what the changes of all these persons ask about, and decides each. Writes
 * nothing.
 */
export async function decideBatches(couch: Couch, batches: Batch[], now: string): Promise<Decided[]> {
  const decided = await Promise.all(batches.map(readReceipts));
  const view = await View.load(couch, decided.flatMap(wantedBy));

  const early = await Promise.all(decided.map((batch) => undelivered(batch, view)));
  if (early.some((changes) => changes.length > 0)) {
    const whole = batches.map((batch, index) => ({ ...batch, changes: [...(early[index] ?? []), ...batch.changes] }));
    return decideBatches(couch, whole, now);
  }

  for (const batch of decided) {
    batch.decisions = postsFirst(batch.changes).map((change) => {
      const earlier = earlierOf(batch, change);
      const find = (database: string, id: string) => view.find(database, id);
      const decision = decide(change, { person: batch.person, now, earlier, find });
      view.apply(decision);
      return decision;
    });
  }
  return decided;
}

/**
 * Own posts that changes of this batch point to and that stand later in the feed of changes, because they were
 * edited since: they are delivered along with it.
 */
async function undelivered(batch: Decided, view: View): Promise<OwnChange[]> {
  const here = new Set(batch.changes.map(({ id }) => id));
  const missing = wantedBy(batch).filter(
    ({ database, id }) => typeOf(id) === 'post' && !here.has(id) && !view.find(database, id)
  );
  const found = await batch.own.byIds(missing.map(({ id }) => id));
  return [...found.values()].map((doc) => ({ id: doc._id, deleted: false, first: false, doc: plain(doc) }));
}
