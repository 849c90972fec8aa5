import type { Membership, PersonRecord } from '$lib/domain/documents/record';
import { CODE, receiptKey } from './codes';
import type { Context } from './context';
import type { InboxOf, InboxDocument } from './types';
import type { InboxType } from '$lib/domain/documents/index';

/** The id under which a document of the inbox is kept. */
export async function inboxKey({ codec }: Context, id: string): Promise<string> {
  const isReceipt = id.startsWith('receipt:');
  const hash = await codec.blind('doc', isReceipt ? id.slice('receipt:'.length) : id);
  return isReceipt ? receiptKey(hash) : hash;
}

/** `Store.inboxDoc`. */
export async function inboxDoc<T extends InboxDocument>(context: Context, id: string): Promise<T | undefined> {
  const row = await context.db.inbox.get(await inboxKey(context, id));
  return row && context.codec.open<T>('inbox', row.id, row.v);
}

/** `Store.inboxDocs`. */
export async function inboxDocs<T extends InboxType>({ db, codec }: Context, type: T): Promise<InboxOf<T>[]> {
  const rows = await db.inbox.where('t').equals(CODE[type]).toArray();
  return Promise.all(rows.map((row) => codec.open<InboxOf<T>>('inbox', row.id, row.v)));
}

async function only<T>({ db, codec }: Context, code: number): Promise<T | undefined> {
  const row = await db.inbox.where('t').equals(code).first();
  return row && codec.open<T>('inbox', row.id, row.v);
}

/** `Store.membership`. */
export const membership = (context: Context) => only<Membership>(context, CODE.membership);

/** `Store.record`. */
export const record = (context: Context) => only<PersonRecord>(context, CODE.record);
