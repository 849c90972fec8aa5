import type { Pouch } from './pouch.ts';

/** The revision tree of a document, for what PouchDB answers otherwise than CouchDB does. */

type Node = [hash: string, options: { status: string }, children: Node[]];

/** Roots of a document's tree; `pos` is the generation of a root. */
export type Tree = { pos: number; ids: Node }[];

/** Visits every revision; `below` says that it is, or grew out of, one of `from`. */
function visit(tree: Tree, from: Set<string>, see: (rev: string, isLeaf: boolean, below: boolean) => void): void {
  const open: [generation: number, node: Node, below: boolean][] = tree.map(({ pos, ids }) => [pos, ids, false]);
  for (let next = open.pop(); next; next = open.pop()) {
    const [generation, [hash, , children], inherited] = next;
    const rev = `${generation}-${hash}`;
    const below = inherited || from.has(rev);
    see(rev, children.length === 0, below);
    for (const child of children) open.push([generation + 1, child, below]);
  }
}

/** The tree, or an empty one when the document was never here. */
export function readTree(pouch: Pouch, id: string): Promise<Tree> {
  return new Promise((resolve, reject) =>
    pouch._getRevisionTree(id, (fault, tree) => {
      if (!fault) resolve(tree ?? []);
      else if (fault.status === 404) resolve([]);
      else reject(fault);
    })
  );
}

/** The revisions that the tree does not have, in their order. Ancestors whose text is gone are not missing. */
export function missingRevs(tree: Tree, revs: string[]): string[] {
  const missing = new Set(revs);
  visit(tree, new Set(), (rev) => missing.delete(rev));
  return [...missing];
}

/** The leaves that are, or grew out of, one of the revisions; and those revisions that the tree does not have. */
export function leavesOf(tree: Tree, revs: string[]): { leaves: string[]; missing: string[] } {
  const missing = new Set(revs);
  const leaves: string[] = [];
  visit(tree, new Set(revs), (rev, isLeaf, below) => {
    missing.delete(rev);
    if (isLeaf && below) leaves.push(rev);
  });
  return { leaves, missing: [...missing] };
}
