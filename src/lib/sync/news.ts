import type { SyncFailure } from './failure';
import { createFresh, OWN } from './fresh';
import type { SyncStore } from './port';
import type { PrivateLane } from './private-lane/index';
import { repeat, type Leading, type Progress } from './scheduler';
import type { Follow } from './shared-lane/follow';
import { pullShared } from './shared-lane/pull';
import type { StatusSink } from './status';
import type { Api } from './tokens';
import { trimChannels } from './upkeep';

export interface NewsParts extends Leading {
  api: Api;
  store: SyncStore;
  lane: () => Promise<PrivateLane>;
  follow: Follow;
  sink: StatusSink;
  /** Whether this person wants to spend little. */
  saving: () => Promise<boolean>;
  random?: () => number;
}

export interface News {
  run(): Promise<void>;
  /** The network may have changed: a request that is held is asked afresh, one that brings rows is left alone. */
  refresh(): void;
  /** Something of this person's reached the server, so an answer to it will come. */
  expect(): void;
}

/** Seconds that a request is held: below what proxies and mobile networks cut, spread so that devices do not march. */
const HOLD = { least: 25, spread: 25 };
/** Rest between rounds while nobody looks, ms. */
const HIDDEN = { least: 180_000, spread: 240_000 };
/** The same for who wants to spend little: no request is held, and rounds are rare also while she looks, ms. */
const SAVING = { least: 720_000, spread: 360_000 };
const SAVING_HIDDEN = { least: 1_800_000, spread: 1_800_000 };
/** How long after a push even she has requests held: the courier answers soon, and she waits for that, ms. */
const ANSWERED = 20_000;
/** A held request that ends sooner than this with nothing is a server that cannot hold; it is not asked at once, ms. */
const SUSPICIOUS = 1_000;
const REST = 10_000;
/** Rows up to which an answer counts as short. */
const FEW = 50;

/**
 * What comes from the server. Right after the start and after every interruption a round that answers at once, so that
 * freshness is known; then, while a person looks, requests that the server holds until there is something.
 */
export function createNews(parts: NewsParts): News {
  const { api, store, lane, follow, sink, saving, phase, link, wake, visible, signal, random = Math.random } = parts;
  const fresh = createFresh(store);
  let settled = false;
  let held: AbortController | undefined;
  let isSaving = false;
  let expectUntil = 0;
  const within = ({ least, spread }: typeof HOLD): number => least + random() * spread;

  async function pullOwn(sequence?: string): Promise<void> {
    const done = phase.moving();
    try {
      const own = await lane();
      await own.pull(signal, sequence);
      // Merging this person's devices may have made something to push.
      if (await own.hasWork()) wake.ring();
    } finally {
      done();
    }
  }

  async function step(progress: Progress): Promise<number> {
    const own = await lane();
    if (own.sequence() === undefined || !(await store.membership())) await pullOwn();
    const sources = await follow.sources();
    isSaving = await saving();
    const isRare = isSaving && performance.now() > expectUntil;
    const wait = settled && visible() && !isRare ? Math.round(within(HOLD)) : 0;
    const began = performance.now();
    const result = await ask(sources, own.sequence(), wait, progress);
    link.ok();
    phase.tooOld(false);
    settled = true;
    const now = Date.now();
    // After a long answer the server's time is as old as the answer took to apply.
    sink.set({ freshAt: now, first: false, ...(result.rows <= FEW && { clockSkew: result.now - now }) });
    await fresh.note(now, result.own === undefined ? [...sources, OWN] : sources);
    if (result.own !== undefined) {
      await pullOwn(result.own);
      await fresh.note(now, [OWN]);
    }
    await trimChannels(store, sources, result.now);
    if (!visible()) return within(isSaving ? SAVING_HIDDEN : HIDDEN);
    if (isSaving && performance.now() > expectUntil) return within(SAVING);
    const took = performance.now() - began;
    return wait > 0 && took < SUSPICIOUS && !result.rows && result.own === undefined ? REST : 0;
  }

  async function ask(sources: string[], own: string | undefined, wait: number, progress: Progress) {
    const first = sources.length > 0 && (await store.sources()).length === 0;
    const request = new AbortController();
    const stop = () => request.abort();
    signal.addEventListener('abort', stop);
    held = wait > 0 ? request : undefined;
    let done = wait > 0 ? undefined : phase.moving();
    let received = 0;
    sink.set({ received, ...(first && { first }) });
    try {
      return await pullShared({
        api,
        store: {
          checkpoint: (source) => store.checkpoint(source),
          async applyShared(source, block) {
            await store.applyShared(source, block);
            progress.headway = true;
          }
        },
        sources,
        own,
        wait,
        signal: request.signal,
        onRows(count) {
          held = undefined;
          done ??= phase.moving();
          received += count;
          sink.set({ received });
        }
      });
    } catch (error) {
      settled = false;
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
      held = undefined;
      done?.();
    }
  }

  /** The membership here may be out of date; what is closed although it still stands there is left out. */
  async function sortOut({ sources }: SyncFailure): Promise<void> {
    await pullOwn();
    await follow.sources();
    for (const source of sources) follow.exclude(source);
  }

  return {
    run: () => repeat(parts, step, sortOut),
    refresh: () => held?.abort(),
    expect() {
      expectUntil = performance.now() + ANSWERED;
      if (isSaving) wake.ring();
    }
  };
}
