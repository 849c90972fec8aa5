import type { Kept } from './aside';
import type { Context } from './context';
import { refusedItems } from './own';
import type { Counts, SetAside } from './store-api';

/** `Store.counts`. */
export async function counts(context: Context): Promise<Counts> {
  const { db } = context;
  const waiting = await db.outbox.filter((row) => row.r === 0).count();
  const setAside = await db.aside.count();
  return { waiting, setAside, refused: (await refusedItems(context)).length };
}

/** `Store.setAside`. */
export async function setAside({ db, codec }: Context): Promise<SetAside[]> {
  const rows = await db.aside.toArray();
  const kept = await Promise.all(rows.map((row) => codec.open<Kept>('aside', row.k, row.v)));
  return kept.map(({ source, id, reason }) => ({ source, id, reason }));
}
