import type { OpenVault } from '$lib/vault/types';
import type { SyncStore } from './port';
import { createStatus } from './status';
import type { Observable, SyncHandle, SyncStatus } from './types';

export { keepSession, OtherPerson, signIn, SignInFailed, type SignInFailure } from './session';
export type { DownloadProgress, Observable, SyncHandle, SyncStatus } from './types';

/** What one tab's sync needs. */
export interface SyncOptions {
  store: SyncStore;
  vault: OpenVault;
  /** Origin of the server; the page's own by default. */
  base?: string;
}

const sink = createStatus();

/** What sync is doing in this browser, in whichever tab it runs; follows the sync started last. */
export const status: Observable<SyncStatus> = sink;

/**
 * Starts sync for an unlocked person in this tab. Of all tabs of a person one does the work; the others see its results
 * through the store. Never rejects and never throws later: what goes wrong is in `status`.
 */
export function startSync(options: SyncOptions): SyncHandle {
  void options;
  return { now: () => undefined, stop: () => Promise.resolve() };
}
