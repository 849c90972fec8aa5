import type { SyncFailure } from './failure';
import { createFresh, OWN } from './fresh';
import type { SyncStore } from './port';
import type { PrivateLane } from './private-lane/index';
import { repeat, type Leading, type Progress } from './scheduler';
import { createAsk } from './shared-lane/ask';
import type { Follow } from './shared-lane/follow';
import { pullShared, type Round } from './shared-lane/pull';
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
 * freshness is known; then, while a person looks, requests that the server holds and answers as things happen.
 */
export function createNews(parts: NewsParts): News {
  const { api, store, lane, follow, sink, saving, phase, link, wake, visible, signal, random = Math.random } = parts;
  const fresh = createFresh(store);
  const question = createAsk(api);
  let settled = false;
  let held: AbortController | undefined;
  let refreshes = 0;
  let isSaving = false;
  let expectUntil = 0;
  const within = ({ least, spread }: typeof HOLD): number => least + random() * spread;

  const rare = (): boolean => isSaving && performance.now() > expectUntil;

  async function takeOwn(take: (own: PrivateLane) => Promise<void>): Promise<void> {
    const done = phase.moving();
    try {
      const own = await lane();
      await take(own);
      // Merging this person's devices may have made something to push.
      if (await own.hasWork()) wake.ring();
    } finally {
      done();
    }
  }

  const pullOwn = () => takeOwn((own) => own.pull(signal));

  /** Seconds in which the courier's answer to a push is still awaited. */
  const answerDue = (): number => Math.max(0, (expectUntil - performance.now()) / 1_000);

  async function step(progress: Progress): Promise<number> {
    const own = await lane();
    await own.catchUp(signal);
    if (own.sequence() === undefined || !(await store.membership())) await pullOwn();
    const sources = await follow.sources();
    isSaving = await saving();
    const wait = settled && visible() && !rare() ? Math.ceil(isSaving ? answerDue() : within(HOLD)) : 0;
    const began = performance.now();
    let quiet = true;
    await ask(sources, wait, progress, async ({ now: serverNow, rows }) => {
      const noted = refreshes;
      quiet &&= rows === 0;
      link.ok();
      phase.old(undefined);
      settled = true;
      const now = Date.now();
      // After a long answer the server's time is as old as the answer took to apply.
      sink.set({ freshAt: now, first: false, ...(rows <= FEW && { clockSkew: serverNow - now }) });
      await fresh.note(now, [...sources, OWN]);
      await trimChannels(store, sources, serverNow);
      // What came of the own database may have changed what is followed.
      const isSame = String(await follow.sources()) === String(sources);
      return isSame && visible() && !rare() && noted === refreshes;
    });
    if (!visible()) return within(isSaving ? SAVING_HIDDEN : HIDDEN);
    if (rare()) return within(SAVING);
    return wait > 0 && quiet && performance.now() - began < SUSPICIOUS ? REST : 0;
  }

  async function ask(
    sources: string[],
    wait: number,
    progress: Progress,
    onRound: (round: Round) => Promise<boolean>
  ): Promise<void> {
    const own = await lane();
    const first = sources.length > 0 && (await store.sources()).length === 0;
    const request = new AbortController();
    const stop = () => request.abort();
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    held = wait > 0 ? request : undefined;
    let done = wait > 0 ? undefined : phase.moving();
    let received = 0;
    sink.set({ received, ...(first && { first }) });
    try {
      await pullShared({
        ask: question,
        store: {
          checkpoint: (source) => store.checkpoint(source),
          async prepareShared(...block) {
            const prepared = await store.prepareShared(...block);
            return {
              ...prepared,
              async apply() {
                await prepared.apply();
                progress.headway = true;
              }
            };
          }
        },
        sources,
        own: own.sequence(),
        wait,
        signal: request.signal,
        onHead: (now) => sink.set({ clockSkew: now - Date.now() }),
        onRows(count) {
          held = undefined;
          done ??= phase.moving();
          received += count;
          sink.set({ received });
        },
        async onOwn({ sequence, brought }) {
          await takeOwn((lane) =>
            brought ? lane.receive(signal, { sequence, brought }) : lane.pull(signal, sequence)
          );
          progress.headway = true;
        },
        async onRound(round) {
          done?.();
          done = undefined;
          const goOn = await onRound(round);
          held = wait > 0 ? request : undefined;
          return goOn;
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
    refresh() {
      // Also what is asked next, when something else is under way, is to be answered at once.
      settled = false;
      refreshes += 1;
      held?.abort();
    },
    expect() {
      expectUntil = performance.now() + ANSWERED;
      if (isSaving) wake.ring();
    }
  };
}
