import * as v from 'valibot';

/**
 * `POST /sync`: one request carries the checkpoints of all shared databases that a device follows, in the order in
 * which it needs them; the answer is one stream of JSON lines. A device applies the rows before a checkpoint and the
 * checkpoint itself in one transaction, so a cut costs at most one block. Rows are tuples: names would travel for
 * nothing. Who gets a field or row that it does not know passes over it.
 */
export const SYNC_VERSION = 1;

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

/** Media type of the answer. */
export const SYNC_TYPE = 'application/x-ndjson';
