/**
 * Delays sign-in after failures. Each of three counters has its own allowance: one account from one address grows
 * fast; one account from anywhere and one address for any account grow later, because behind one address stands a whole
 * office and because nobody may lock a colleague out by typing her name.
 */
export interface Throttle {
  /**
   * Seconds until this account may be tried from this address; 0 when it may be tried now, and then the try counts as
   * a failure until `succeeded` says otherwise, so that many tries at once do not slip through together.
   */
  attempt(account: string, address: string): number;
  failed(account: string, address: string): void;
  succeeded(account: string, address: string): void;
}

interface Counter {
  failures: number;
  /** Time in ms from which the next try is free. */
  until: number;
}

/** Failures without any delay, per counter. */
const ALLOWANCE = { both: 4, account: 25, address: 60 };
const LONGEST_MS = 15 * 60_000;
/** A counter is forgotten this long after its delay ended. */
const MEMORY_MS = 60 * 60_000;
/** Bounds the memory that somebody who tries ever new names can take. */
const CAPACITY = 50_000;

const both = (account: string, address: string): string => `b ${address} ${account}`;

const keysOf = (account: string, address: string): string[] => [both(account, address), `a ${account}`, `i ${address}`];

/** Counters in memory: a restart forgives, and what an attacker gains by that is bounded by the cost of scrypt. */
export function makeThrottle(clock: () => number = Date.now): Throttle {
  const counters = new Map<string, Counter>();

  const makeRoom = (): void => {
    if (counters.size < CAPACITY) return;
    const now = clock();
    for (const [key, counter] of counters) if (now > counter.until + MEMORY_MS) counters.delete(key);
    for (const key of counters.keys()) {
      if (counters.size < CAPACITY) break;
      counters.delete(key);
    }
  };

  const count = (key: string, allowance: number): void => {
    makeRoom();
    const now = clock();
    const old = counters.get(key);
    const failures = old && now <= old.until + MEMORY_MS ? old.failures + 1 : 1;
    const excess = failures - allowance;
    const wait = excess > 0 ? Math.min(1000 * 2 ** Math.min(excess, 20), LONGEST_MS) : 0;
    counters.set(key, { failures, until: now + wait });
  };

  return {
    attempt(account, address) {
      const now = clock();
      const waits = keysOf(account, address).map((key) => (counters.get(key)?.until ?? 0) - now);
      const wait = Math.max(0, Math.ceil(Math.max(...waits) / 1000));
      if (wait === 0) count(both(account, address), ALLOWANCE.both);
      return wait;
    },

    failed(account, address) {
      count(`a ${account}`, ALLOWANCE.account);
      count(`i ${address}`, ALLOWANCE.address);
    },

    succeeded(account, address) {
      counters.delete(both(account, address));
      counters.delete(`a ${account}`);
    }
  };
}
