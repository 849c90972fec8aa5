import { suffixOf, timeOfUuid, typeOf, uuidFloor } from '../src/lib/domain/ids.ts';

/**
 * Ids say when a document was written, by the clock of a device that may be years off or without a signal for months.
 * A first visit to a channel reads it by ids, newest first, and would pass by what arrives under an old one. So that a
 * late document is found by the time of its arrival, a marker stands beside it in the channel; devices never get one.
 */
export const LATE_PREFIX = 'late:';

/** Documents that come sooner after the time in their id need no marker, ms: a first visit brings thirty times that. */
const SOON = 24 * 3_600_000;

const TYPES = new Set(['post', 'comment']);

export interface LateMarker {
  _id: string;
  type: 'late';
  /** Id of the document that came late. */
  of: string;
}

export const isLateMarker = (id: string): boolean => id.startsWith(LATE_PREFIX);

/**
 * The marker of a document that is delivered now, if it needs one; the same document and time give the same marker.
 * @param at when it arrived, ms since 1970 by the server's clock
 */
export function lateMarker(id: string, at: number): LateMarker | undefined {
  const uuid = suffixOf(id);
  if (!TYPES.has(typeOf(id)) || at - timeOfUuid(uuid) < SOON) return undefined;
  const time = uuidFloor(at);
  return { _id: `${LATE_PREFIX}${time}${uuid.slice(time.length)}`, type: 'late', of: id };
}
