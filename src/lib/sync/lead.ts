import type { OpenVault } from '$lib/vault/types';
import { savesData } from './data-saver';
import { createLane } from './lasting-lane';
import { createLink } from './link';
import { createNews } from './news';
import { runOutgoing } from './outgoing';
import { keepRegistered } from './parcels/register';
import { createPhase } from './phase';
import type { SyncStore } from './port';
import type { PrivateLane } from './private-lane/index';
import type { Leading } from './scheduler';
import { createFollow } from './shared-lane/follow';
import type { StatusSink } from './status';
import type { Api } from './tokens';
import { readAgain } from './upkeep';
import { createWake, type Wake } from './wake';

export interface LeadOptions {
  store: SyncStore;
  vault: OpenVault;
  api: Api;
  sink: StatusSink;
  visible: () => boolean;
  /** Hands out what the tab's events drive. */
  onReady: (controls: { ring: () => void; refresh: () => void }) => void;
  /** Whether the browser is set to save data. */
  wishedSaving?: () => boolean;
  /** Name of the running build; what older ones could not read is read again by each. */
  build?: string;
  openLane?: () => Promise<PrivateLane>;
  signal: AbortSignal;
}

/** The work of the one tab that syncs. Ends when the signal fires and no request is under way. */
export async function lead(options: LeadOptions): Promise<void> {
  const { store, vault, api, sink, visible, build, signal } = options;
  const phase = createPhase(sink);
  const wake: Wake = createWake();
  const link = createLink({
    probe: (until) => api.reachable(until),
    visible,
    onChange: (up) => phase.down(!up),
    onTried: () => sink.set({ triedAt: Date.now() }),
    signal
  });
  const own = createLane(
    options.openLane ?? (async () => (await import('./private-lane/index')).openPrivateLane({ store, vault, api }))
  );
  const lane = () => own.get();
  const leading: Leading = { link, phase, wake, visible, signal };
  const saving = () => savesData(store, options.wishedSaving?.() ?? false);
  const news = createNews({ ...leading, api, store, lane, follow: createFollow(store), sink, saving });
  const ring = () => {
    link.nudge();
    wake.ring();
  };
  options.onReady({ ring, refresh: () => news.refresh() });
  try {
    if (build !== undefined) await readAgain(store, build);
    await Promise.all([
      news.run(),
      runOutgoing({ ...leading, store, lane, pushed: () => news.expect() }),
      keepRegistered({ ...leading, store, api, sink }),
      import('./own-files').then(({ runUploads }) => runUploads({ ...leading, store, api }))
    ]);
  } finally {
    await own.close();
  }
}
