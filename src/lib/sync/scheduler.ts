import { delayOf } from './backoff';
import { asFailure, type SyncFailure } from './failure';
import type { Link } from './link';
import { sleep } from './patience';
import type { Phase } from './phase';
import type { Wake } from './wake';

/** What the two loops of the leader share. */
export interface Leading {
  link: Link;
  phase: Phase;
  /** Rings when something may have to be done: a write, a tab that became visible, a network. */
  wake: Wake;
  visible: () => boolean;
  signal: AbortSignal;
}

/** One step of a loop: what to do, and how long to rest after it, ms (0: not at all). */
export type Step = (began: Progress) => Promise<number>;

/** What a step tells about itself while it runs. */
export interface Progress {
  headway: boolean;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Rest after a refusal was dealt with, ms: should it be refused again, this is no race. */
const CALM = 5_000;
/** Rest when the disk is full, ms: asking again brings the same rows, and only the person can make room. */
const CROWDED = 300_000;

/** The server is there and asks this one to do less: the link is not down, and only the loop that it asked rests. */
const TOO_MANY = 429;

/**
 * Repeats a step until the signal fires. A failure is not the end: without a link it waits for one, without a session
 * for a new one, without space for the person to make some, and a refused request for better times. Never rejects.
 * @param forbidden deals with a 403; by default it is trouble like any other
 */
export async function repeat(
  { link, phase, wake, signal }: Leading,
  step: Step,
  forbidden?: (failure: SyncFailure) => Promise<void>
): Promise<void> {
  const full = phase.storage();
  let askedToWait = 0;
  while (!signal.aborted) {
    await link.untilUp(signal);
    if (signal.aborted) return;
    const began = performance.now();
    const noted = wake.rings;
    const progress: Progress = { headway: false };
    try {
      const rest = await step(progress);
      phase.signedOut(false);
      full(false);
      askedToWait = 0;
      if (rest > 0) await wake.wait(rest, signal, noted);
    } catch (error) {
      const failure = asFailure(error, signal);
      if (failure.code !== 'forbidden' || !forbidden) await settle(failure, began, noted, progress);
      else {
        await forbidden(failure).then(
          () => wake.wait(CALM, signal),
          (again: unknown) => settle(asFailure(again, signal), began, noted, progress)
        );
      }
    }
  }

  async function settle(failure: SyncFailure, began: number, noted: number, { headway }: Progress): Promise<void> {
    if (failure.code === 'aborted') return;
    if (failure.code === 'signed-out') {
      phase.signedOut(true);
      return wake.wait(DAY, signal, noted);
    }
    if (failure.code === 'lost') {
      phase.lost();
      return wake.wait(DAY, signal, noted);
    }
    if (failure.code === 'too-old' || failure.code === 'server-old') {
      phase.old(failure.code);
      return wake.wait(HOUR, signal, noted);
    }
    if (failure.code === 'full') {
      full(true);
      return wake.wait(CROWDED, signal, noted);
    }
    if (failure.status === TOO_MANY) {
      // No ring shortens this: what is written meanwhile waits as well.
      const setback = { attempt: askedToWait, cheap: false, visible: false, retryAfter: failure.retryAfter };
      askedToWait += 1;
      return sleep(delayOf(setback), signal);
    }
    link.failed(failure, performance.now() - began, headway);
  }
}
