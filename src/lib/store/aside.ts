import { unreadableBecause } from '$lib/domain/documents/versions';
import type { Context } from './context';
import type { AsideRow } from './db';
import type { SetAside } from './store-api';

/** What is kept of a document that this build cannot read: all of it, for a build that can. */
export interface Kept extends SetAside {
  doc: unknown;
}

/** Key of a document among those set aside. */
export const asideKey = ({ codec }: Context, source: string, id: string): Promise<string> =>
  codec.blind('aside', `${source} ${id}`);

/** Makes the row of a document that cannot be read. */
export async function asideRow(context: Context, source: string, doc: unknown): Promise<AsideRow> {
  const given = (doc as { _id?: unknown } | null)?._id;
  const id = typeof given === 'string' ? given : '';
  const kept: Kept = { source, id, reason: unreadableBecause(doc), doc };
  const k = await asideKey(context, source, id || JSON.stringify(doc));
  const [s, v] = await Promise.all([context.codec.blind('source', source), context.codec.seal('aside', k, kept)]);
  return { k, s, v };
}

/** Whether anything of a source is set aside. */
export async function hasAside({ db, codec }: Context, source: string): Promise<boolean> {
  const s = await codec.blind('source', source);
  return (await db.aside.where('s').equals(s).count()) > 0;
}

/** Keys under which documents with these ids, now readable or gone, would be set aside. */
export const asideKeys = (context: Context, source: string, ids: string[]): Promise<string[]> =>
  Promise.all(ids.map((id) => asideKey(context, source, id)));

/** Keys of set-aside rows of a source that these ids, now readable or gone, make obsolete. */
export async function obsolete(context: Context, source: string, ids: string[]): Promise<string[]> {
  return (await hasAside(context, source)) ? asideKeys(context, source, ids) : [];
}
