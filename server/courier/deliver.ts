import type { Receipt } from '../../src/lib/domain/documents/receipt.ts';
import { typeOf, receiptId } from '../../src/lib/domain/ids.ts';
import type { Couch } from '../couch/types.ts';
import { begunCourse, noteBegun } from '../learning/takers/begun.ts';
import type { Desk } from '../learning/desk/index.ts';
import { CouchError, isOutage, type Database, type Stored } from '../registry/database.ts';
import { decideBatches, type Batch, type Decided } from './batch.ts';
import type { OwnChange } from './change.ts';
import { writeCopies, type Obstacle } from './copies.ts';
import { isWithdrawal, type Decision } from './decide.ts';
import { makeReceipt, sameReceipt } from './receipts.ts';

/** A document that was set aside, and why; never what a person wrote. */
export interface SetAside {
  document: string;
  reason: string;
}

/** Reports what an operator should know; `about` is a line's fields for machines. */
export type Log = (message: string, about?: SetAside) => void;

export interface Delivery {
  couch: Couch;
  log: Log;
  /** The server's clock, ms since 1970. */
  now(): number;
  /** This person's database is about to change because of her receipts. */
  answering(person: string): void;
  /** Answers what is handed in; without one, learning documents are only received. */
  desk?: Desk;
  /** Nothing was found to remove for this change of hers. */
  doubt(person: string, change: OwnChange): void;
}

/** Persons whose changes must be read and decided anew, because another writer was faster. */
export type Raced = Map<string, CouchError>;

/** Whether an answer speaks of the database as others have made or changed it, and not of what is to be written. */
const isRace = (error: unknown): error is CouchError =>
  error instanceof CouchError && [403, 404, 409, 412].includes(error.status);

/**
 * Delivers what several persons changed: copies first, then receipts. Whatever stops it in between, doing it again
 * writes the same documents under the same ids. A change that makes a database refuse the whole call is found by
 * delivering one by one, and refused alone.
 */
export async function deliver(delivery: Delivery, batches: Batch[]): Promise<Raced> {
  try {
    return await deliverTogether(delivery, batches);
  } catch (error) {
    if (isOutage(error)) throw error;
    return deliverApart(delivery, batches, error);
  }
}

/** Each person alone; of one person each change alone, in order, as far as nobody else is faster. */
async function deliverApart(delivery: Delivery, batches: Batch[], error: unknown): Promise<Raced> {
  const [first, ...others] = batches.map((batch) => ({ ...batch, careful: true }));
  if (!first) throw error;
  if (others.length > 0) {
    const raced: Raced = new Map();
    for (const batch of [first, ...others])
      for (const [person, race] of await deliver(delivery, [batch])) raced.set(person, race);
    return raced;
  }
  if (isRace(error)) return new Map([[first.person.id, error]]);
  const [change, ...later] = first.changes;
  if (change && later.length === 0) return refuse(delivery, first, change, error);
  for (const one of first.changes) {
    const raced = await deliver(delivery, [{ ...first, changes: [one] }]);
    if (raced.size > 0) return raced;
  }
  return new Map();
}

async function deliverTogether(delivery: Delivery, batches: Batch[]): Promise<Raced> {
  const at = new Date(delivery.now()).toISOString();
  const decided = await decideBatches(delivery.couch, batches, at);
  const obstacles = await writeCopies(
    delivery.couch,
    decided.flatMap(({ decisions }) => decisions)
  );
  for (const { person, decisions } of decided)
    for (const { change, writes } of decisions)
      if (writes.length === 0 && isWithdrawal(change)) delivery.doubt(person.id, change);
  // Before the receipts: what has none when the server dies is decided, and noted, once more.
  await noteBegun(delivery.couch, decided.flatMap(begunIn));
  const raced: Raced = new Map();
  const outcomes = await Promise.allSettled(
    decided.map(async (batch) => {
      try {
        await answer(delivery, await attend(delivery.desk, batch, at), obstacles, at);
      } catch (error) {
        if (!isRace(error)) throw error;
        raced.set(batch.person.id, error);
      }
    })
  );
  const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
  if (errors.length > 0) throw errors.find(isOutage) ?? errors[0];
  return raced;
}

/** Courses that a person has begun in this batch, or of which she has taken back that she did. */
const begunIn = ({ person, decisions, receipts }: Decided) =>
  decisions.flatMap(({ change: { id, deleted }, receipt }) => {
    const isNews = deleted || !receipts.has(receiptId(id));
    return typeOf(id) === 'progress' && isNews && receipt?.status === 'delivered'
      ? [begunCourse(person.id, id, deleted)]
      : [];
  });

/**
 * Brings what a person hands in to the desk, one after another in her order: an attempt counts those before it. What the
 * desk does not accept gets another receipt. Nothing is asked for those who hand in nothing.
 */
async function attend(desk: Desk | undefined, batch: Decided, at: string): Promise<Decided> {
  const { person, own, receipts } = batch;
  const decisions: Decision[] = [];
  for (const decision of batch.decisions) {
    const { change, receipt } = decision;
    const isNews = !change.deleted && receipt?.status === 'delivered';
    const reason = isNews && desk?.takes(change.doc.type) ? await desk.attend(change.doc, person, own, at) : undefined;
    const verdict = reason && makeReceipt(change, { status: 'refused', reason, at });
    const isKnown = verdict && sameReceipt(verdict, receipts.get(verdict._id));
    decisions.push(verdict ? { ...decision, receipt: isKnown ? undefined : verdict } : decision);
  }
  return { ...batch, decisions };
}

/** Writes the receipts of one person's batch, whose copies are in their channels now. */
async function answer({ log, answering }: Delivery, batch: Decided, obstacles: Map<Decision, Obstacle>, at: string) {
  const { own, receipts } = batch;
  const answers = batch.decisions.flatMap((decision) => {
    const obstacle = obstacles.get(decision);
    if (!obstacle) {
      if (decision.receipt) tell(log, decision.receipt);
      return decision.receipt ?? [];
    }
    const { id } = decision.change;
    if (obstacle.raced)
      throw new CouchError(409, `/${own.name}/${id}`, { error: 'conflict', reason: 'Its copy moved.' });
    log('courier: set aside, the target database refuses it', { document: id, reason: obstacle.reason });
    const verdict = makeReceipt(decision.change, { status: 'refused', reason: 'malformed', at });
    return sameReceipt(verdict, receipts.get(verdict._id)) ? [] : verdict;
  });
  if (answers.length > 0) answering(batch.person.id);
  await writeReceipts(own, answers, receipts, log);
}

/** One line for every document that was set aside: poison, unknown types, newer schemas, what is too long. */
function tell(log: Log, { of, status, reason = '' }: Receipt): void {
  if (status === 'refused') log('courier: set aside', { document: of, reason });
}

/** A receipt that the database does not take (its document has no proper id) is given up: nobody could read it. */
async function writeReceipts(
  own: Database,
  answers: Receipt[],
  earlier: Map<string, Stored & Receipt>,
  log: Log
): Promise<void> {
  const rows = await own.bulk(answers.map((receipt) => ({ ...receipt, _rev: earlier.get(receipt._id)?._rev })));
  for (const row of rows) {
    if (row.error === 'conflict') throw new CouchError(409, `/${own.name}/${row.id}`, row);
    if (row.error)
      log('courier: a receipt was not stored', { document: row.id, reason: `${row.error}: ${row.reason ?? ''}` });
  }
}

async function refuse({ log, now }: Delivery, { own }: Batch, change: OwnChange, error: unknown): Promise<Raced> {
  log('courier: set aside, it cannot be delivered', { document: change.id, reason: String(error) });
  const verdict = makeReceipt(change, { status: 'refused', reason: 'malformed', at: new Date(now()).toISOString() });
  const earlier = await own.byIds<Stored & Receipt>([verdict._id]);
  if (!sameReceipt(verdict, earlier.get(verdict._id))) await writeReceipts(own, [verdict], earlier, log);
  return new Map();
}
