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
