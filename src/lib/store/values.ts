import { sameSeal } from './codec';
import type { Context } from './context';

type ValueTable = 'secrets' | 'meta';

/** A sealed value by its blind name. */
export async function value<T>({ db, codec }: Context, table: ValueTable, name: string): Promise<T | undefined> {
  const k = await codec.blind('name', name);
  const row = await db[table].get(k);
  return row && codec.open<T>(table, k, row.v);
}

/** Keeps a value, or removes it when it is undefined. */
export async function setValue({ db, codec }: Context, table: ValueTable, name: string, given: unknown): Promise<void> {
  const k = await codec.blind('name', name);
  if (given === undefined) await db[table].delete(k);
  else await db[table].put({ k, v: await codec.seal(table, k, given) });
}

/** `Store.changeSetting`. Repeats itself when another tab changed the value between reading and the transaction. */
export async function changeValue<T>(
  { db, codec }: Context,
  table: ValueTable,
  name: string,
  change: (old: T | undefined) => T
): Promise<void> {
  const k = await codec.blind('name', name);
  for (;;) {
    const before = await db[table].get(k);
    const v = await codec.seal(table, k, change(before && (await codec.open<T>(table, k, before.v))));
    const done = await db.transaction('rw', db[table], async () => {
      const isSame = sameSeal((await db[table].get(k))?.v, before?.v);
      if (isSame) await db[table].put({ k, v });
      return isSame;
    });
    if (done) return;
  }
}
