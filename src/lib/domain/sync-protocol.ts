import * as v from 'valibot';

/**
 * `POST /sync`: one request carries the checkpoints of all shared databases that a device follows, in the order in
 * which it needs them; the answer is one stream of JSON lines. A device applies the rows before a checkpoint and the
 * checkpoint itself in one transaction, so a cut costs at most one block. Rows are tuples: names would travel for
 * nothing. Who gets a field or row that it does not know passes over it.
 */
/** Longest time that the server holds a request with nothing new, in seconds. */
export const SYNC_WAIT_MAX = 55;

export const syncRequest = v.object({
  version: v.pipe(v.number(), v.integer()),
  sources: v.pipe(
    v.array(
      v.object({
        name: v.pipe(v.string(), v.maxLength(120)),
        checkpoint: v.optional(v.pipe(v.string(), v.maxLength(2_000)))
      })
    ),
    v.maxLength(200)
  ),
  /** Sequence of the person's own database that this device has already pulled; the answer brings what is newer. */
  own: v.optional(v.pipe(v.string(), v.maxLength(2_000))),
  /** Seconds to hold the request when there is nothing new (0 answers at once). */
  wait: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(SYNC_WAIT_MAX))),
  /** The answer goes on after its `e` row, with further rounds, until the time to hold it is over. */
  live: v.optional(v.boolean())
});

export type SyncRequest = v.InferInput<typeof syncRequest>;

/** What a device asks, before it is said in a version of the protocol. */
export type SyncQuestion = Omit<SyncRequest, 'version'>;

/** One version of the protocol, in terms of this build. */
export interface SyncVersion {
  /** What a body of this version asks; undefined when it has the wrong shape. */
  read(body: unknown): SyncRequest | undefined;
  /** The body that asks this. */
  write(question: SyncQuestion): { version: number };
}

/**
 * The newest version and the two before it: as a server this build answers them, as an app it falls back to them. A
 * change that others would read wrongly gets a version of its own here; fields and rows that may be passed over need
 * none (docs/decisions/versions.md).
 */
export const SYNC_VERSIONS: ReadonlyMap<number, SyncVersion> = new Map([
  [
    1,
    {
      read: (body) => (v.is(syncRequest, body) ? body : undefined),
      write: (question) => ({ version: 1, ...question })
    }
  ]
]);

/** The versions that this build speaks, newest first. */
export const spokenVersions = (): number[] => [...SYNC_VERSIONS.keys()].sort((a, b) => b - a);

/** `source` is the index in the request's `sources`. */
export type SyncRow =
  | ['d', source: number, document: unknown]
  | ['x', source: number, id: string]
  | ['c', source: number, checkpoint: string]
  /** The checkpoint was of another incarnation: forget what came from this source, it starts again. */
  | ['r', source: number]
  /** A newest revision in the own database, with its history as replication carries it (`_revisions`). */
  | ['p', document: unknown]
  /**
   * The own database has moved on; the sequence to send as `own` once that has been pulled. With the second, CouchDB's
   * own, all that is newer than the device's sequence and not newer than this one stands in the `p` rows before it.
   */
  | ['o', sequence: string, since?: string]
  /** The round is whole; the server's clock in milliseconds, true to a second. */
  | ['e', now: number];

/** `code` of the 400 that a server answers to a version which only newer ones speak. */
export const TOO_NEW = 'too-new';

/** Media type of the answer. */
export const SYNC_TYPE = 'application/x-ndjson';
