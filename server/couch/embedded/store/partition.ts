import type { Iterator, Operation, Range } from 'leveldown';
import type { LevelStore } from './level.ts';
import { Points } from './points.ts';

/**
 * One database's part of the store, in the shape that PouchDB's LevelDB adapter takes in the place of LevelDOWN
 * (its `db` option). All databases share one LevelDB: thousands of persons cost no file handles, databases with any
 * name stay apart, and writes to several databases share an fsync.
 */

type Done = (error: Error | null) => void;

/** What to write together with each change of documents, and what to call once both are on disk. */
export type Mark = () => { operation: Operation; commit: () => void };

const BOUNDS = ['gt', 'gte', 'lt', 'lte'] as const;

/** PouchDB keeps documents by sequence in this sublevel: a batch that touches it changes the database. */
const BY_SEQUENCE = '\xffby-sequence\xff';

/** Most changes that are read one by one instead of with an iterator, which costs LevelDB three turns. */
const POINTS_MAX = 64;

/** PouchDB rewrites this key at each opening; it is read by nobody here and not worth an fsync. */
const INSTANCE_KEY = '\xffmeta-store\xff_local_uuid';

/** Where PouchDB keeps a database's counters, for reading them without opening it. */
export const COUNTERS = {
  updateSeq: '\xffmeta-store\xff_local_last_update_seq',
  docCount: '\xffmeta-store\xff_local_doc_count'
} as const;

export const partitionRange = (id: string): { gte: string; lt: string } => ({ gte: `d!${id}!`, lt: `d!${id}"` });

export class Partition {
  status = 'new';
  readonly supports = {};
  readonly #store: LevelStore;
  readonly #prefix: string;
  readonly #mark: Mark;
  /** The newest key of `BY_SEQUENCE` since the partition was opened. */
  #newest: string | undefined;

  constructor(store: LevelStore, id: string, mark: Mark) {
    this.#store = store;
    this.#prefix = partitionRange(id).gte;
    this.#mark = mark;
  }

  open(_options: unknown, done: Done): void {
    this.status = 'open';
    setImmediate(done, null);
  }

  close(done: Done): void {
    this.status = 'closed';
    setImmediate(done, null);
  }

  get(
    key: string,
    options: { asBuffer?: boolean },
    done: (error: Error | null, value?: string | Buffer) => void
  ): void {
    this.#store.get(this.#prefix + key, options.asBuffer !== false, done);
  }

  batch(operations: Operation[], _options: unknown, done: Done): void {
    if (operations.every((operation) => operation.key === INSTANCE_KEY)) return void setImmediate(done, null);
    const placed = operations.map((operation): Operation =>
      operation.type === 'put'
        ? { type: 'put', key: this.#prefix + operation.key, value: operation.value }
        : { type: 'del', key: this.#prefix + operation.key }
    );
    const changes = operations.filter(({ type, key }) => type === 'put' && key.startsWith(BY_SEQUENCE));
    if (changes.length === 0) return this.#store.write(placed, done);
    const mark = this.#mark();
    this.#store.write([...placed, mark.operation], (error) => {
      if (!error) {
        for (const { key } of changes) if (key > (this.#newest ?? '')) this.#newest = key;
        mark.commit();
      }
      done(error);
    });
  }

  iterator(options: Range & { valueAsBuffer?: boolean }): Iterator {
    const points = this.#pointsOf(options);
    if (points) return new Points(this.#store, this.#prefix, points);
    const range: Range = { reverse: options.reverse === true, limit: options.limit ?? -1 };
    for (const bound of BOUNDS) {
      const value = options[bound];
      if (value !== undefined) range[bound] = this.#prefix + value;
    }
    const iterator = this.#store.iterator(range, options.valueAsBuffer !== false);
    return {
      next: (done) =>
        iterator.next((error, key, value) =>
          key === undefined ? done(error) : done(error, key.slice(this.#prefix.length), value)
        ),
      end: (done) => iterator.end(done)
    };
  }

  /** The keys in a range, where it is known which there can be: one key, or the newest changes. */
  #pointsOf({ gte, lte, reverse, limit = -1 }: Range): string[] | undefined {
    if (gte === undefined || lte === undefined || reverse || limit >= 0) return undefined;
    if (gte === lte) return [gte];
    if (!this.#newest || !gte.startsWith(BY_SEQUENCE) || lte < this.#newest) return undefined;
    const digits = gte.length - BY_SEQUENCE.length;
    const first = Number(gte.slice(BY_SEQUENCE.length));
    const count = Number(this.#newest.slice(BY_SEQUENCE.length)) - first + 1;
    if (!(count <= POINTS_MAX)) return undefined;
    const keyOf = (_: unknown, index: number) => BY_SEQUENCE + String(first + index).padStart(digits, '0');
    return Array.from({ length: Math.max(0, count) }, keyOf);
  }
}
