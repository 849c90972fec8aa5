import { delayOf } from './backoff';
import type { SyncFailure } from './failure';
import { createWake } from './wake';

/** The way to the server as far as it is known. One probing loop serves everybody who waits for it. */
export interface Link {
  readonly up: boolean;
  /** A request came to its end. */
  ok(): void;
  /**
   * A request did not.
   * @param took ms from its start
   * @param headway something was applied before the cut, so the link works and deserves another try at once
   */
  failed(failure: SyncFailure, took: number, headway: boolean): void;
  /** Resolves when the server answers again, or the signal fires. */
  untilUp(signal: AbortSignal): Promise<void>;
  /** Something happened that makes a try worthwhile now. */
  nudge(): void;
}

export interface LinkOptions {
  probe: (signal: AbortSignal) => Promise<boolean>;
  visible: () => boolean;
  onChange: (up: boolean) => void;
  /** The server was asked in vain. */
  onTried?: () => void;
  signal: AbortSignal;
}

/** A failure within this time cost no bytes worth counting, ms. */
const AT_ONCE = 1_000;

export function createLink({ probe, visible, onChange, onTried, signal }: LinkOptions): Link {
  const wake = createWake();
  const back = createWake();
  let up = true;
  let attempt = 0;
  let cheap = true;
  let retryAfter = 0;
  let probing = false;

  const set = (value: boolean) => {
    if (up === value) return;
    up = value;
    onChange(up);
    if (up) back.ring();
  };

  async function revive(): Promise<void> {
    if (probing) return;
    probing = true;
    while (!up && !signal.aborted) {
      await wake.wait(delayOf({ attempt, cheap, visible: visible(), retryAfter }), signal);
      if (up || signal.aborted) break;
      const began = performance.now();
      attempt += 1;
      retryAfter = 0;
      if (await probe(signal)) set(true);
      else {
        cheap = performance.now() - began < AT_ONCE;
        onTried?.();
      }
    }
    probing = false;
  }

  return {
    get up() {
      return up;
    },
    ok() {
      attempt = 0;
      set(true);
    },
    failed(failure, took, headway) {
      if (headway) {
        attempt = 0;
        return;
      }
      retryAfter = failure.retryAfter;
      cheap = failure.code === 'offline' && took < AT_ONCE;
      set(false);
      onTried?.();
      void revive();
    },
    async untilUp(until) {
      while (!up && !until.aborted) await back.wait(Number.POSITIVE_INFINITY, until);
    },
    nudge: () => wake.ring()
  };
}
