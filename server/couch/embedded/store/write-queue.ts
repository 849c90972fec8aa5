import type { Doc, Pouch, WriteResult } from './pouch.ts';
import { leavesOf, readTree } from './tree.ts';

/** Most documents that are written together. */
const GROUP_MAX = 500;

interface Job {
  docs: Doc[];
  newEdits: boolean;
  resolve: (results: WriteResult[]) => void;
  reject: (fault: unknown) => void;
}

/**
 * Writes of one database, in order. What arrives while a write is on its way to the disk is written together with one
 * `bulkDocs`, unless two requests touch the same document: then the second must see the first one's revision.
 */
export class WriteQueue {
  readonly #pouch: Pouch;
  readonly #wrote: () => void;
  #waiting: Job[] = [];
  #busy = false;

  constructor(pouch: Pouch, wrote: () => void) {
    this.#pouch = pouch;
    this.#wrote = wrote;
  }

  /** Results in the order of the documents; with `newEdits: false` only the refused ones, as CouchDB does. */
  write(docs: Doc[], newEdits: boolean): Promise<WriteResult[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ docs, newEdits, resolve, reject });
      if (!this.#busy) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.length > 0) await this.#writeGroup(this.#nextGroup());
    this.#busy = false;
  }

  #nextGroup(): Job[] {
    const group: Job[] = [];
    const ids = new Set<string>();
    let size = 0;
    for (const job of this.#waiting) {
      const clashes = job.docs.some((doc) => ids.has(doc._id));
      if (group[0] && (job.newEdits !== group[0].newEdits || clashes || size + job.docs.length > GROUP_MAX)) break;
      for (const doc of job.docs) ids.add(doc._id);
      size += job.docs.length;
      group.push(job);
    }
    this.#waiting = this.#waiting.slice(group.length);
    return group;
  }

  async #writeGroup(group: Job[]): Promise<void> {
    const newEdits = group[0]?.newEdits ?? true;
    try {
      const docs = group.flatMap((job) => job.docs);
      const results = await (newEdits ? this.#edit(docs) : this.#pouch.bulkDocs(docs, { new_edits: false }));
      this.#wrote();
      let from = 0;
      for (const job of group) {
        const ids = new Set(job.docs.map((doc) => doc._id));
        job.resolve(
          newEdits ? results.slice(from, from + job.docs.length) : results.filter((result) => ids.has(result.id))
        );
        from += job.docs.length;
      }
    } catch (fault) {
      // One document that PouchDB cannot take fails the whole call: find out whose it was.
      if (group.length === 1) group[0]?.reject(fault);
      else for (const job of group) await this.#writeGroup([job]);
    }
  }
  /** New edits, without those whose revision is no leaf: PouchDB takes them on top of a deleted document. */
  async #edit(docs: Doc[]): Promise<WriteResult[]> {
    const stale = await Promise.all(docs.map((doc) => this.#isStale(doc)));
    const fresh = docs.filter((_, index) => !stale[index]);
    const results = fresh.length === 0 ? [] : await this.#pouch.bulkDocs(fresh, { new_edits: true });
    return docs.flatMap((doc, index) => (stale[index] ? [{ id: doc._id, name: 'conflict' }] : results.splice(0, 1)));
  }

  async #isStale({ _id: id, _rev: rev }: Doc): Promise<boolean> {
    if (rev === undefined) return false;
    return !leavesOf(await readTree(this.#pouch, id), [rev]).leaves.includes(rev);
  }
}
