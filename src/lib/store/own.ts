import type { OwnDocument, OwnType } from '$lib/domain/documents/index';
import { isPostponed, isRefusal, type Receipt } from '$lib/domain/documents/receipt';
import { CODE, receiptKey } from './codes';
import type { Context } from './context';
import type { InboxRow, OutboxRow, OwnRow } from './db';
import type { OwnOf } from './store-api';
import type { ItemState, OutboxEntry, OwnItem } from './types';

/** An own document with its row. */
export interface OwnEntry<T extends OwnDocument = OwnDocument> extends OwnItem<T> {
  row: OwnRow;
}

/** What an outbox row says about its item. */
type Waiting = Pick<OutboxEntry, 'refused'>;

/** Reasons that only the write rules or a newer server know have one word together. */
const refusedFor = (reason: string): ItemState => ({
  kind: 'refused',
  reason: isRefusal(reason) ? reason : 'server-refused'
});

/** Only a refused row is opened: it alone has something to say. */
const waitingOf = async ({ codec }: Context, row: OutboxRow | undefined): Promise<Waiting | undefined> =>
  row && (row.r ? codec.open<Waiting>('outbox', row.edit, row.v) : {});

/**
 * Where an item is, from what is on the device. The receipt speaks only of the edit it names, and of no merged text. It
 * may be here before this device could send the edit: a parcel brought it there.
 */
function stateOf(
  doc: OwnDocument,
  row: OwnRow | undefined,
  outbox: Waiting | undefined,
  receipt: Receipt | undefined
): ItemState {
  if (outbox?.refused !== undefined) return refusedFor(outbox.refused);
  if (receipt?.edit !== doc.edit || row?.m) return { kind: outbox ? 'waiting' : 'sent' };
  if (receipt.status === 'delivered') return { kind: 'delivered', at: receipt.at };
  if (outbox) return { kind: 'waiting' };
  return isPostponed(receipt) ? { kind: 'postponed' } : refusedFor(receipt.reason ?? 'malformed');
}

/**
 * Reads own rows and what their states depend on in one transaction, so that no state is read half way between two.
 * @param find runs inside the transaction over `own`
 */
export async function readOwn<T extends OwnDocument>(
  context: Context,
  find: () => PromiseLike<(OwnRow | undefined)[]>
): Promise<OwnEntry<T>[]> {
  const { db, codec } = context;
  const [rows, edits, receipts] = await db.transaction('r', db.own, db.outbox, db.inbox, async () => {
    const found = (await find()).filter((row) => row !== undefined);
    const ids = found.map((row) => row.id);
    if (ids.length === 0) return [found, new Map<string, OutboxRow>(), [] as (InboxRow | undefined)[]] as const;
    const [waiting, answers] = await Promise.all([
      db.outbox.where('id').anyOf(ids).toArray(),
      db.inbox.bulkGet(ids.map(receiptKey))
    ]);
    return [found, new Map(waiting.map((row) => [row.id, row])), answers] as const;
  });
  return Promise.all(
    rows.map(async (row, i) => {
      const answer = receipts[i];
      const [doc, receipt, outbox] = await Promise.all([
        codec.open<T>('own', row.id, row.v),
        answer && codec.open<Receipt>('inbox', answer.id, answer.v),
        waitingOf(context, edits.get(row.id))
      ]);
      return { row, doc, state: stateOf(doc, row, outbox, receipt) };
    })
  );
}

const item = <T extends OwnDocument>({ doc, state }: OwnEntry<T>): OwnItem<T> => ({ doc, state });

/** `Store.ownItem`. */
export async function ownItem<T extends OwnDocument>(context: Context, id: string): Promise<OwnItem<T> | undefined> {
  const key = await context.codec.blind('doc', id);
  const [found] = await readOwn<T>(context, async () => [await context.db.own.get(key)]);
  return found && item(found);
}

/** `Store.ownItems`. */
export async function ownItems<T extends OwnType>(context: Context, type: T): Promise<OwnItem<OwnOf<T>>[]> {
  const code = CODE[type];
  const range = context.db.own.where('[t+at]').between([code, -Infinity], [code, Infinity], true, true);
  const found = await readOwn<OwnOf<T>>(context, () => range.toArray());
  return found.map(item).sort((a, b) => (a.doc.createdAt < b.doc.createdAt ? 1 : -1));
}

/** `Store.itemState`. */
export async function itemState(context: Context, doc: OwnDocument): Promise<ItemState> {
  const { db, codec } = context;
  const id = await codec.blind('doc', doc._id);
  const [row, outbox, answer] = await db.transaction('r', db.own, db.outbox, db.inbox, () =>
    Promise.all([db.own.get(id), db.outbox.where('id').equals(id).first(), db.inbox.get(receiptKey(id))])
  );
  const [waiting, receipt] = await Promise.all([
    waitingOf(context, outbox),
    answer && codec.open<Receipt>('inbox', answer.id, answer.v)
  ]);
  return stateOf(doc, row, waiting, receipt);
}

/** `Store.waitingItems`. */
export async function waitingItems(context: Context): Promise<OwnItem[]> {
  const { db } = context;
  const found = await readOwn(context, async () => {
    const rows = await db.outbox.orderBy('n').toArray();
    return db.own.bulkGet(rows.map((row) => row.id));
  });
  return found.map(item).filter(({ state }) => state.kind === 'waiting');
}

/** Own items with a receipt or an outbox entry that is not a good one. */
async function answeredNo(context: Context): Promise<OwnItem[]> {
  const { db } = context;
  const found = await readOwn(context, async () => {
    const answers = await db.inbox.where('t').equals(CODE.refusal).primaryKeys();
    const edits = await db.outbox.filter((row) => row.r === 1).toArray();
    const ids = new Set([...edits.map((row) => row.id), ...answers.map((key) => key.slice(receiptKey('').length))]);
    return db.own.bulkGet([...ids]);
  });
  return found.map(item);
}

/** `Store.refusedItems`. */
export const refusedItems = async (context: Context): Promise<OwnItem[]> =>
  (await answeredNo(context)).filter(({ state }) => state.kind === 'refused');

/** `Store.postponedItems`. */
export const postponedItems = async (context: Context): Promise<OwnItem[]> =>
  (await answeredNo(context)).filter(({ state }) => state.kind === 'postponed');
