import { version } from '$app/environment';
import type { SyncOptions } from '$lib/sync';
import { INITIAL } from '$lib/sync/status';
import type { SyncHandle, SyncStatus } from '$lib/sync/types';

/**
 * What a person needs only when she is unlocked is loaded while she types her PIN or her password, so that the first
 * screen of a first visit stays small.
 */
export const loadVault = () => import('$lib/vault');
export const loadStore = () => import('$lib/store');
export const loadFrame = () => import('../frame/frame.svelte');

/** Everything that reaches the network is loaded after the screen stands: what is on the device is shown first. */
export const loadSync = () => import('$lib/sync');

let current = $state.raw<SyncStatus>(INITIAL);

/** What sync is doing, for templates. */
export const syncStatus = {
  get current(): SyncStatus {
    return current;
  }
};

/**
 * Starts sync as soon as it is loaded; the handle works from the beginning.
 * @param onLost called when the server says that this device was reported lost
 */
export function startLater(options: SyncOptions, onLost: () => void): SyncHandle {
  let stopped = false;
  let unsubscribe = () => {};
  const started = loadSync().then(({ startSync, status }) => {
    if (stopped) return undefined;
    const handle = startSync({ build: version, ...options });
    unsubscribe = status.subscribe((next) => {
      current = next;
      if (next.phase === 'lost') onLost();
    });
    return handle;
  });
  const call = (name: 'now' | 'check' | 'freshened') => (): void =>
    void started.then(
      (handle) => handle?.[name](),
      () => undefined
    );
  return {
    now: call('now'),
    check: call('check'),
    freshened: call('freshened'),
    async stop() {
      stopped = true;
      const handle = await started.catch(() => undefined);
      unsubscribe();
      current = INITIAL;
      await handle?.stop();
    }
  };
}
