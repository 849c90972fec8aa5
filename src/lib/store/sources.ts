import { CODE, KIND_RANGE } from './codes';
import type { Context } from './context';
import type { Sealed } from './db';
import { packsOf, packWithoutOlder, rewrite, trimPacks } from './packs';

/** Name under which the projection of the own database keeps its checkpoint. */
export const OWN_SOURCE = 'own';

export interface Checkpoint {
  source: string;
  checkpoint: string;
}

/** The checkpoint that is sealed here, of a source by its blind name. */
export const checkpointIn = async ({ codec }: Context, s: string, v: Sealed | undefined): Promise<string | undefined> =>
  v && (await codec.open<Checkpoint>('checkpoints', s, v)).checkpoint;

/** `Store.checkpoint`. */
export async function checkpoint(context: Context, source: string): Promise<string | undefined> {
  const s = await context.codec.blind('source', source);
  return checkpointIn(context, s, (await context.db.checkpoints.get(s))?.v);
}

/** `Store.sources`. */
export async function sources({ db, codec }: Context): Promise<string[]> {
  const rows = await db.checkpoints.toArray();
  const opened = await Promise.all(rows.map((row) => codec.open<Checkpoint>('checkpoints', row.s, row.v)));
  return opened.map(({ source }) => source).filter((source) => source !== OWN_SOURCE);
}

/** Removes all documents of a source, by its blind name, inside a transaction. */
export async function forget(context: Context, s: string): Promise<void> {
  const { db } = context;
  await db.shared.where('[s+id]').between([s, ''], [s, '\uffff']).delete();
  await packsOf(context, s).delete();
  await db.aside.where('s').equals(s).delete();
}

/** `Store.dropSource`. */
export async function dropSource(context: Context, source: string): Promise<void> {
  const { db, codec } = context;
  const s = await codec.blind('source', source);
  await db.transaction('rw', db.shared, db.packs, db.checkpoints, db.aside, async () => {
    await forget(context, s);
    await db.checkpoints.delete(s);
  });
}

/** `Store.trim`. */
export async function trim(context: Context, source: string, before: number): Promise<void> {
  const { db, codec } = context;
  const s = await codec.blind('source', source);
  const codes: number[] = [CODE.post, CODE.comment];
  for (let code = KIND_RANGE.first; code <= KIND_RANGE.last; code += 1) codes.push(code);
  const torn = await packWithoutOlder(context, s, before);
  await db.transaction('rw', db.shared, db.packs, async () => {
    await rewrite(db, torn);
    await trimPacks(context, s, before);
    for (const code of codes)
      await db.shared.where('[s+t+at]').between([s, code, -Infinity], [s, code, before], true, false).delete();
  });
}
