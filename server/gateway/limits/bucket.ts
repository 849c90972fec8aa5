/** A token bucket: `burst` at once, then `perSecond`. */
export interface Rate {
  burst: number;
  perSecond: number;
}

/** Buckets of many keys. */
export interface Buckets {
  /** Takes `cost` from the bucket of a key; the seconds to wait when there is not enough, and then nothing is taken. */
  take(key: string, cost: number): number;
}

/**
 * Buckets in memory, one number each: the time at which the bucket is full again (the generic cell rate algorithm), so
 * that a request costs a look-up and no object. A key that has a full bucket is like one that never came, so that two
 * generations, each as long as an empty bucket takes to fill, hold all there is to know.
 * @param clock ms since 1970
 */
export function makeBuckets({ burst, perSecond }: Rate, clock: () => number = Date.now): Buckets {
  const step = 1000 / perSecond;
  const span = burst * step;
  let [young, old] = [new Map<string, number>(), new Map<string, number>()];
  let turn = clock() + span;

  return {
    take(key, cost) {
      const now = clock();
      if (now >= turn) {
        [young, old] = [new Map<string, number>(), young];
        turn = now + span;
      }
      const full = Math.max(now, young.get(key) ?? old.get(key) ?? 0) + Math.min(cost, burst) * step;
      const wait = full - now - span;
      // A clock that is set back must not lock anybody out for longer than an empty bucket does.
      if (wait > 0 && wait <= span) return Math.ceil(wait / 1000);
      young.set(key, Math.min(full, now + span));
      return 0;
    }
  };
}
