import type { OpenVault } from '$lib/vault/types';
import { readFreshAt } from './fresh';
import { whileLeading } from './leadership';
import type { SyncStore } from './port';
import { createStatus, INITIAL } from './status';
import { browserSurroundings, type Surroundings } from './surroundings';
import { joinTabs } from './tabs';
import type { Observable, SyncHandle, SyncStatus } from './types';
import { ledgerOf } from './usage/ledger';
import { hearSizes } from './usage/resources';

export { apiOf } from './api';
export { SignInFailed, type SignInFailure } from './ask-grant';
export { registerDevice } from './parcels/register';
export { keepSession, OtherPerson, signIn, signInByCode, signInByRecovery } from './session';
export type { DownloadProgress, Observable, SyncHandle, SyncStatus } from './types';

/** What one tab's sync needs. */
export interface SyncOptions {
  store: SyncStore;
  vault: OpenVault;
  /** Origin of the server; the page's own by default. */
  base?: string;
  /** Name of the running build: each new one reads again what older ones could not. */
  build?: string;
  surroundings?: Surroundings;
}

const sink = createStatus();

/** What sync is doing in this browser, in whichever tab it runs; follows the sync started last. */
export const status: Observable<SyncStatus> = sink;

/** A page hidden longer than this asks afresh when it is seen again: a held request may have died in its sleep, ms. */
const STALE = 20_000;

/**
 * Starts sync for an unlocked person in this tab. Of all tabs of a person one does the work; the others see its results
 * through the store. Never rejects and never throws later: what goes wrong is in `status`.
 */
export function startSync({ store, vault, base = '', build, surroundings }: SyncOptions): SyncHandle {
  const around = surroundings ?? browserSurroundings();
  const name = `smartasn-sync-${vault.slot.id}`;
  const stopping = new AbortController();
  const { signal } = stopping;
  let controls: { ring: () => void; refresh: () => void } | undefined;
  let hiddenAt = performance.now();
  const ledger = ledgerOf(store);
  const deafen = hearSizes(base, (down) => ledger.note({ down }));
  sink.set(INITIAL);
  const recall = (): void =>
    void readFreshAt(store)
      .then((freshAt) => !signal.aborted && freshAt > sink.current.freshAt && sink.set({ freshAt }))
      .catch(() => undefined);
  recall();

  const check = (): void => {
    controls?.refresh();
    controls?.ring();
  };
  const tabs = joinTabs(name, around, {
    onNow: () => controls?.ring(),
    onCheck: check,
    onFresh: recall,
    onSeen: () => controls?.ring(),
    onHello: () => {
      if (controls) tabs.tell(sink.current);
    },
    onStatus: (status) => {
      if (!controls) sink.set({ ...status, leader: false });
    }
  });
  const leave = around.watch((event) => {
    if (event === 'hidden') hiddenAt = performance.now();
    if (event === 'online' || (event === 'visible' && performance.now() - hiddenAt > STALE)) controls?.refresh();
    if (event !== 'hidden') controls?.ring();
  });

  // Awaited by whoever leads, begun by everybody now: a tab that has long been drawn takes over at once, even unseen.
  const drawn = around.idle();
  const leading = whileLeading(name, around.locks, signal, async () => {
    await drawn;
    const [{ lead }, { apiOf }] = await Promise.all([import('./lead'), import('./api')]).catch((error: unknown) => {
      sink.set({ phase: 'offline' });
      throw error;
    });
    const forget = sink.subscribe((status) => {
      if (status.leader) tabs.tell(status);
    });
    try {
      sink.set({ leader: true });
      await lead({
        store,
        vault,
        api: apiOf(store, base),
        sink,
        build,
        visible: () => tabs.anyVisible(),
        wishedSaving: () => around.savesData?.() ?? false,
        onReady: (ready) => (controls = ready),
        signal
      });
    } finally {
      forget();
      controls = undefined;
      sink.set({ leader: false });
    }
  });

  return {
    now() {
      if (controls) controls.ring();
      else tabs.now();
    },
    check() {
      if (controls) check();
      else tabs.check();
    },
    freshened() {
      recall();
      tabs.fresh();
    },
    async stop() {
      stopping.abort();
      leave();
      deafen();
      await Promise.all([leading, ledger.flush()]);
      tabs.close();
    }
  };
}
