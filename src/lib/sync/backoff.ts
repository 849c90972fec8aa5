/** What is known when the next try has to be planned. */
export interface Setback {
  /** Failures in a row, from 0. */
  attempt: number;
  /** The last try failed at once: nobody listens, and asking costs next to nothing. */
  cheap: boolean;
  /** A person is looking. */
  visible: boolean;
  /** Seconds that the server asked to wait. */
  retryAfter: number;
}

const FIRST = 1_000;
const LONGEST = 60_000;
const SHORTEST = 250;
/** Cheap tries while a person looks: she sees within this time that the server is back; later within twice that. */
const WATCHED = 2_500;
const PATIENT_AFTER = 100;

/**
 * Time until the next try, ms: exponential with full jitter, so that a whole office does not come back in one moment.
 * @param random a number from 0 to 1
 */
export function delayOf({ attempt, cheap, visible, retryAfter }: Setback, random = Math.random()): number {
  const watched = attempt < PATIENT_AFTER ? WATCHED : 2 * WATCHED;
  const ceiling = cheap && visible ? watched : LONGEST;
  const grown = Math.min(ceiling, FIRST * 2 ** Math.min(attempt, 16));
  return retryAfter * 1000 + Math.max(SHORTEST, random * grown);
}
