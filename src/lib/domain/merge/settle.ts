import { mergeOwn, parseOwn, type OwnDocument } from '../documents/index.ts';
import { typeOf } from '../ids.ts';
import { bodyOf, type Leaf, type StoredDoc } from './leaves.ts';
import { underOwnEdit } from './merged-edit.ts';
import { sameDocument } from './same.ts';

/** An own document as it is after an edit, or its removal. */
export type Wanted = OwnDocument | { _id: string; deleted: true; edit: string };

const isRemoval = (wanted: Wanted): wanted is Extract<Wanted, { deleted: true }> => 'deleted' in wanted;

/**
 * The writes that bring an own document to one live revision holding everything that its branches and `wanted` hold;
 * none when that is so already, which makes every step repeatable after a crash. Between a removal and an edit the
 * newer one wins. What no side said as a whole gets an edit of its own. A branch that this build cannot read (a newer
 * app wrote it) is left alone: nothing is merged into it and nothing of it is lost. Only a removal that is newer ends it,
 * because what is removed need not be understood.
 */
export function settle(leaves: Leaf[], wanted?: Wanted): StoredDoc[] {
  const live = leaves.filter((leaf) => !leaf._deleted);
  const known = live.flatMap((leaf) => {
    const doc = parseOwn(bodyOf(leaf));
    return doc ? [{ rev: leaf._rev, doc }] : [];
  });
  const removal = wanted && isRemoval(wanted) ? wanted : undefined;
  const edit = wanted && !isRemoval(wanted) ? (parseOwn(wanted) ?? wanted) : undefined;

  const unread = removal ? endedBy(removal.edit, live, known) : [];

  const versions = [...known.map(({ doc }) => doc), ...(edit ? [edit] : [])];
  if (!versions.length) return removal ? remove(removal._id, removal.edit, unread) : [];
  const merged = versions.reduce((a, b) => mergeOwn(a, b), versions[0] as OwnDocument);
  const removedBy = lastRemoval(leaves, removal?.edit);
  const [top, ...losers] = known;

  if (removedBy !== undefined && removedBy >= merged.edit) {
    return remove(merged._id, removedBy, [...known.map(({ rev }) => rev), ...unread]);
  }
  const buried = losers.map(({ rev }) => bury(merged._id, rev));
  const isSaid = (doc: OwnDocument): boolean => sameDocument(merged, mergeOwn(doc, doc));
  if (top && isSaid(top.doc)) return buried;
  const next = versions.some(isSaid) ? merged : underOwnEdit(merged);
  if (top) return [{ ...next, _rev: top.rev }, ...buried];
  const grave = live.length ? undefined : leaves[0];
  return [grave ? { ...next, _rev: grave._rev } : { ...next }];
}

const bury = (_id: string, _rev: string): StoredDoc => ({ _id, _rev, _deleted: true });

/** Ends branches; the first grave says which edit did it. */
const remove = (_id: string, edit: string, revs: string[]): StoredDoc[] =>
  revs.map((rev, i) => (i === 0 ? { ...bury(_id, rev), type: typeOf(_id), edit } : bury(_id, rev)));

/** Branches that this build cannot read and that were written before a removal; every schema names its edit. */
const endedBy = (removal: string, live: Leaf[], known: { rev: string }[]): string[] =>
  live
    .filter((leaf) => !known.some(({ rev }) => rev === leaf._rev))
    .filter(({ edit }) => typeof edit === 'string' && edit <= removal)
    .map(({ _rev }) => _rev);

/** The newest edit that removed the document; branches that were only merged away name none. */
function lastRemoval(leaves: Leaf[], wanted: string | undefined): string | undefined {
  const edits = leaves.flatMap((leaf) => (leaf._deleted && typeof leaf.edit === 'string' ? [leaf.edit] : []));
  if (wanted !== undefined) edits.push(wanted);
  return edits.sort().at(-1);
}
