/** A document as CouchDB and PouchDB store it. */
export interface StoredDoc {
  _id: string;
  _rev?: string;
  _deleted?: boolean;
  _revisions?: { start: number; ids: string[] };
  [field: string]: unknown;
}

/** A newest revision of a branch, readable. */
export interface Leaf extends StoredDoc {
  _rev: string;
}

const generation = (rev: string): number => Number.parseInt(rev, 10);

/** Sorts leaves: the living first, then by CouchDB's order of winners. */
export const winnersFirst = (a: Leaf, b: Leaf): number =>
  Number(a._deleted ?? false) - Number(b._deleted ?? false) ||
  generation(b._rev) - generation(a._rev) ||
  (a._rev < b._rev ? 1 : -1);

/** The fields that a person or the server wrote: everything but CouchDB's bookkeeping, with the id. */
export function bodyOf(leaf: StoredDoc): StoredDoc {
  const entries = Object.entries(leaf).filter(([name]) => name === '_id' || !name.startsWith('_'));
  return Object.fromEntries(entries) as StoredDoc;
}
