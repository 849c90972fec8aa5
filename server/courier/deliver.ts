import type { Receipt } from '../../src/lib/domain/documents/receipt.ts';
import type { Couch } from '../couch/types.ts';
import { CouchError, isOutage, type Database, type Stored } from '../registry/database.ts';
import type { Person } from '../registry/types.ts';
import { decideBatch, writeCopies } from './batch.ts';
import type { OwnChange } from './change.ts';
import { makeReceipt, sameReceipt } from './receipts.ts';

/** Reports what an operator should know; never carries what a person wrote. */
export type Log = (message: string) => void;

export interface Delivery {
  couch: Couch;
  log: Log;
  /** The server's clock, ms since 1970. */
  now(): number;
}

/**
 * Delivers a batch of one person's changes: copies first, then receipts. Whatever stops it in between, doing it again
 * writes the same documents under the same ids. A change that makes a database refuse the whole call is found by
 * delivering one by one, and refused alone.
 */
export async function deliver(delivery: Delivery, own: Database, person: Person, changes: OwnChange[]): Promise<void> {
  try {
    await deliverTogether(delivery, own, person, changes);
  } catch (error) {
    if (isOutage(error) || isRace(error)) throw error;
    if (changes.length > 1) {
      for (const change of changes) await deliver(delivery, own, person, [change]);
    } else {
      for (const change of changes) await refuse(delivery, own, change, error);
    }
  }
}

const isRace = (error: unknown): boolean =>
  error instanceof CouchError && (error.status === 409 || error.status === 404 || error.status === 412);

async function deliverTogether({ couch, log, now }: Delivery, own: Database, person: Person, changes: OwnChange[]) {
  const at = new Date(now()).toISOString();
  const { decisions, receipts } = await decideBatch(couch, own, person, changes, at);
  const refused = await writeCopies(couch, decisions);
  for (const [decision, reason] of refused) {
    log(`courier: ${decision.change.id} was refused by its target: ${reason}`);
    const verdict = makeReceipt(decision.change, { status: 'refused', reason: 'malformed', at });
    decision.receipt = sameReceipt(verdict, receipts.get(verdict._id)) ? undefined : verdict;
  }
  const answers = decisions.flatMap(({ receipt }) => (receipt ? [receipt] : []));
  await writeReceipts(own, answers, receipts, log);
}

/** A receipt that the database does not take (its document has no proper id) is given up: nobody could read it. */
async function writeReceipts(
  own: Database,
  answers: Receipt[],
  earlier: Map<string, Stored & Receipt>,
  log: Log
): Promise<void> {
  const rows = await own.bulk(answers.map((answer) => ({ ...answer, _rev: earlier.get(answer._id)?._rev })));
  for (const row of rows) {
    if (row.error === 'conflict') throw new CouchError(409, `/${own.name}/${row.id}`, row);
    if (row.error) log(`courier: ${row.id} was not stored: ${row.error} ${row.reason ?? ''}`);
  }
}

async function refuse({ log, now }: Delivery, own: Database, change: OwnChange, error: unknown): Promise<void> {
  log(`courier: ${change.id} cannot be delivered: ${String(error)}`);
  const verdict = makeReceipt(change, { status: 'refused', reason: 'malformed', at: new Date(now()).toISOString() });
  const earlier = await own.byIds<Stored & Receipt>([verdict._id]);
  if (!sameReceipt(verdict, earlier.get(verdict._id))) await writeReceipts(own, [verdict], earlier, log);
}
