import * as v from 'valibot';

/**
 * Where a device stands in one shared database. Devices keep it as an opaque string. It is bound to the database's
 * incarnation: after a deletion and a new start, or a restored backup, sequences mean something else.
 */
export interface Checkpoint {
  incarnation: string;
  /** Update sequence from which `_changes` goes on; in a window it was noted before the first page was read. */
  seq: string;
  /** Place in the first visit; absent once that is over. */
  window?: WindowPlace;
}

export interface WindowPlace {
  /** Index of the range that is being read. */
  range: number;
  /** Id of the last document that was sent from this range, or '' at its beginning. */
  after: string;
  /** Posts sent so far, counted up to the number that is sent whatever their age. */
  posts: number;
  /** Oldest time of the window, ms since 1970. */
  floor: number;
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const shape = v.union([
  v.strictTuple([v.string(), v.string()]),
  v.strictTuple([v.string(), v.string(), count, v.pipe(v.string(), v.maxLength(200)), count, count])
]);

/**
 * The checkpoint as devices keep it: a JSON array, because names would travel for nothing, and readable, because what
 * repeats the row or the checkpoint before it compresses to next to nothing.
 */
export function encodeCheckpoint({ incarnation, seq, window }: Checkpoint): string {
  const fields = window
    ? [incarnation, seq, window.range, window.after, window.posts, window.floor]
    : [incarnation, seq];
  return JSON.stringify(fields);
}

/** The checkpoint of such a string, or undefined when it is none of ours. */
export function decodeCheckpoint(text: string): Checkpoint | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const fields = v.safeParse(shape, value);
  if (!fields.success) return undefined;
  const [incarnation, seq, range, after, posts, floor] = fields.output;
  if (range === undefined || after === undefined || posts === undefined || floor === undefined)
    return { incarnation, seq };
  return { incarnation, seq, window: { range, after, posts, floor } };
}

const numberOf = (seq: string): string => /^(\d+)(-|$)/.exec(seq)?.[1] ?? seq;

/**
 * Whether two sequences of one incarnation are the same point. CouchDB may write one point in several ways; the number
 * in front counts the updates (our databases have one shard).
 */
export const sameSeq = (a: string, b: string): boolean => a === b || numberOf(a) === numberOf(b);
