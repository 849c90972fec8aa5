/** What of a course on a device matters for whether it may go. */
export interface Kept {
  bytes: number;
  finished: boolean;
  /** When it was last opened, ms; undefined when never. */
  openedAt: number | undefined;
}

/** Who has not opened a course for so long will hardly do so tomorrow, ms. */
export const LONG = 30 * 86_400_000;

/** Whether the person has long been elsewhere; what was never opened may be meant for a journey. */
const isIdle = ({ openedAt }: Kept, now: number): boolean => openedAt !== undefined && now - openedAt > LONG;

/**
 * The courses that may go to make space, those that are missed least first: finished ones, then ones that nobody opened
 * for long; in each the one first that rested longest. Courses that somebody is in are not among them.
 */
export function mayGo<T extends Kept>(kept: readonly T[], now: number): T[] {
  return kept
    .filter((one) => one.finished || isIdle(one, now))
    .toSorted(
      (a, b) => Number(b.finished) - Number(a.finished) || (a.openedAt ?? 0) - (b.openedAt ?? 0) || b.bytes - a.bytes
    );
}
