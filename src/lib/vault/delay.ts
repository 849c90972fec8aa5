const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const DELAYS = [
  0,
  0,
  0,
  5 * SECOND,
  15 * SECOND,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  4 * HOUR,
  12 * HOUR,
  24 * HOUR
];

/** Milliseconds to wait after this many wrong PINs in a row; never more than a day. */
export const delayAfter = (failures: number): number =>
  failures < 1 ? 0 : (DELAYS[Math.min(failures, DELAYS.length) - 1] ?? 0);

/**
 * When the next try is allowed. A clock that was set back must not lock a person out for longer than the delay itself,
 * so what is left is never more than that.
 */
export const retryTime = (slot: { failures: number; retryAt: number }, now: number): number =>
  slot.retryAt <= now ? 0 : Math.min(slot.retryAt, now + delayAfter(slot.failures));
