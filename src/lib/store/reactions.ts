import type { OwnReaction, ReactionKind } from '$lib/domain/documents/reaction';
import { CODE, KIND_RANGE, kindOf } from './codes';
import type { Context } from './context';
import { readOwn } from './own';
import type { ReactionSummary } from './store-api';

type Index = [post: string, code: number, at: number];

const noneYet = (): Record<ReactionKind, number> => ({ suka: 0, 'terima-kasih': 0, bermanfaat: 0 });

const reactionsTo = ({ db }: Context, post: string) =>
  db.shared
    .where('[p+t+at]')
    .between([post, KIND_RANGE.first, -Infinity], [post, KIND_RANGE.last, Infinity], true, true);

/**
 * `Store.reactions`. Kinds stand in the index, so nothing but the person's own reaction is opened; that one counts as
 * she last gave it, and its shared copy, which may be older, does not.
 */
export async function reactions(context: Context, postIds: string[]): Promise<Map<string, ReactionSummary>> {
  const { db, codec } = context;
  const parents = await Promise.all(postIds.map((id) => codec.blind('parent', id)));
  const own = await readOwn<OwnReaction>(context, () =>
    db.own
      .where('p')
      .anyOf(parents)
      .and((row) => row.t === CODE.reaction)
      .toArray()
  );
  const found = await db.transaction('r', db.shared, () =>
    Promise.all(
      postIds.map((id) => Promise.all([reactionsTo(context, id).keys(), reactionsTo(context, id).primaryKeys()]))
    )
  );
  return new Map(
    postIds.map((id, i) => {
      const mine = own.find((entry) => entry.doc.post === id);
      const counts = noneYet();
      const [keys, ids] = found[i] ?? [[], []];
      keys.forEach((key, j) => {
        const kind = kindOf((key as unknown as Index)[1]);
        if (kind && ids[j]?.[1] !== mine?.row.id) counts[kind] += 1;
      });
      if (!mine) return [id, { counts }];
      if (mine.doc.kind && mine.state.kind !== 'refused') counts[mine.doc.kind] += 1;
      return [id, { counts, mine: { doc: mine.doc, state: mine.state } }];
    })
  );
}
