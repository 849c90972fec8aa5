import type { Receipt } from '$lib/domain/documents/receipt';
import type { Kept } from './aside';
import { receiptKey } from './codes';
import type { Context } from './context';
import type { OutboxRow } from './db';
import { refusedItems } from './own';
import type { Counts, SetAside } from './store-api';

/** Edits that wait here although they have been delivered: a parcel brought them. */
async function delivered({ db, codec }: Context, rows: OutboxRow[]): Promise<number> {
  const answers = await db.inbox.bulkGet(rows.map(({ id }) => receiptKey(id)));
  const receipts = await Promise.all(answers.map((row) => row && codec.open<Receipt>('inbox', row.id, row.v)));
  return rows.filter(({ edit }, at) => receipts[at]?.edit === edit && receipts[at].status === 'delivered').length;
}

/** `Store.counts`. */
export async function counts(context: Context): Promise<Counts> {
  const { db } = context;
  const unsent = await db.outbox.filter((row) => row.r === 0).toArray();
  const waiting = unsent.length - (await delivered(context, unsent));
  const setAside = await db.aside.count();
  return { waiting, setAside, refused: (await refusedItems(context)).length };
}

/** `Store.setAside`. */
export async function setAside({ db, codec }: Context): Promise<SetAside[]> {
  const rows = await db.aside.toArray();
  const kept = await Promise.all(rows.map((row) => codec.open<Kept>('aside', row.k, row.v)));
  return kept.map(({ source, id, reason }) => ({ source, id, reason }));
}
