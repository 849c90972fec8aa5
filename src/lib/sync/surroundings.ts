import { browserSavesData } from './data-saver';

/** What sync looks at in the browser; tests bring their own. */
export interface Surroundings {
  visible(): boolean;
  /** Calls back when the page becomes visible or hidden, and when the device gets a network. */
  watch(listener: (event: 'visible' | 'hidden' | 'online') => void): () => void;
  /** Resolves when the page has drawn and has nothing better to do. */
  idle(): Promise<void>;
  locks: Pick<LockManager, 'request'> | undefined;
  channel(name: string): BroadcastChannel;
  /** Whether the browser is set to save data; absent where it does not say. */
  savesData?(): boolean;
}

/** Latest start of background work after the page opened, ms. */
const PATIENCE = 1_500;

export const browserSurroundings = (): Surroundings => ({
  visible: () => document.visibilityState === 'visible',
  watch(listener) {
    const seen = () => listener(document.visibilityState === 'visible' ? 'visible' : 'hidden');
    const online = () => listener('online');
    document.addEventListener('visibilitychange', seen);
    window.addEventListener('online', online);
    return () => {
      document.removeEventListener('visibilitychange', seen);
      window.removeEventListener('online', online);
    };
  },
  idle: () =>
    new Promise((resolve) => {
      if ('requestIdleCallback' in window) window.requestIdleCallback(() => resolve(), { timeout: PATIENCE });
      else setTimeout(resolve, PATIENCE / 5);
    }),
  // Missing where the page is not served securely; then every tab syncs for itself.
  locks: (navigator as { locks?: LockManager }).locks,
  channel: (name) => new BroadcastChannel(name),
  savesData: browserSavesData
});
