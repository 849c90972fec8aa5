import { notFound } from './errors.ts';
import type { LeafResult, Pouch } from './store/pouch.ts';
import { leavesOf, readTree } from './store/tree.ts';

/**
 * `open_revs` and `latest` as CouchDB understands them: with `latest` a revision stands for all leaves that grew out of
 * it. PouchDB's own `latest` knows one of them only, and throws out of reach for a revision that it does not have.
 */
export async function openRevs(
  pouch: Pouch,
  id: string,
  wanted: string[] | 'all',
  { revs = false, latest = false }: { revs?: boolean; latest?: boolean }
): Promise<LeafResult[]> {
  if (wanted === 'all') return pouch.get(id, { open_revs: 'all', revs });
  const { leaves, missing } = latest
    ? leavesOf(await readTree(pouch, id), wanted)
    : { leaves: wanted, missing: [] as string[] };
  const found = leaves.length === 0 ? [] : await getLeaves(pouch, id, leaves, revs);
  return [...found, ...missing.map((rev) => ({ missing: rev }))];
}

const revOf = (leaf: LeafResult): string => ('ok' in leaf ? String(leaf.ok._rev) : leaf.missing);

/** The revisions in the order in which they were asked for; PouchDB gives them as its reads come back. */
async function getLeaves(pouch: Pouch, id: string, leaves: string[], revs: boolean): Promise<LeafResult[]> {
  const found = await pouch.get(id, { open_revs: leaves, revs }).catch((fault: { status?: number }) => {
    if (fault.status === 404) return leaves.map((missing): LeafResult => ({ missing }));
    throw fault;
  });
  return found.sort((a, b) => leaves.indexOf(revOf(a)) - leaves.indexOf(revOf(b)));
}

/** The leaf that a revision stands for: itself, or the highest one that grew out of it. Throws 404. */
export async function latestOf(pouch: Pouch, id: string, rev: string): Promise<string> {
  const { leaves } = leavesOf(await readTree(pouch, id), [rev]);
  const highest = leaves.sort(byWinning).at(-1);
  if (highest === undefined) throw notFound('missing');
  return highest;
}

const byWinning = (a: string, b: string): number => parseInt(a, 10) - parseInt(b, 10) || (a < b ? -1 : 1);
