const DAY = 86_400_000;

/** A place that nobody opened for so long destroys itself, ms. */
export const LIFE = 30 * DAY;

/** So long before that the lock screen says it, ms. */
export const NOTICE = 7 * DAY;

/** What is left of the life of a place, ms; none or less when it is over. */
export const lifeLeft = ({ openedAt, life = LIFE }: { openedAt: number; life?: number }, now: number): number =>
  openedAt + life - now;
