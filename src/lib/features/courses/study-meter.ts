/** How long somebody who does nothing still counts as studying, ms: a page is read without a touch. */
export const IDLE = 120_000;

/**
 * Counts the time in which a chapter is seen and somebody does something. Times are ms of one clock, which may go on or
 * jump while the device sleeps: nothing counts longer than `IDLE` after a touch.
 */
export function createMeter(isSeen: boolean, start: number) {
  let seen = isSeen;
  let from = start;
  let until = start + IDLE;
  let spent = 0;

  const count = (now: number): void => {
    if (seen) spent += Math.max(0, Math.min(now, until) - from);
    from = now;
  };

  return {
    touch(now: number): void {
      count(now);
      until = now + IDLE;
    },
    see(isSeenNow: boolean, now: number): void {
      count(now);
      seen = isSeenNow;
      if (seen) until = now + IDLE;
    },
    /** What was counted since it was taken last, in whole seconds; the rest is kept for the next time. */
    take(now: number): number {
      count(now);
      const seconds = Math.floor(spent / 1000);
      spent -= seconds * 1000;
      return seconds;
    }
  };
}
