import { version } from '$app/environment';
import { trustedScriptUrl } from '$lib/vault/trusted-url';
import type { FromWorker, ToWorker } from './worker-messages';

const HOUR = 3_600_000;

/**
 * New builds of the app. The service worker fetches them beside the running one and waits; only the person's press
 * makes it take over, and drafts are in the encrypted store by then, so nothing she typed can be lost.
 */
class Update {
  #waiting = $state.raw<ServiceWorker>();
  #stale = $state(false);
  #busy = $state(false);
  #asked = false;

  /** A newer build is on the device, or this page has lost a part of its own. */
  get ready(): boolean {
    return this.#waiting !== undefined || this.#stale;
  }

  /** The person has pressed, and the newest build is on its way. */
  get busy(): boolean {
    return this.#busy;
  }

  /** Starts the service worker and looks for new builds now and then. Does nothing in development. */
  async start(): Promise<void> {
    if (import.meta.env.DEV || !('serviceWorker' in navigator)) return;
    addEventListener('vite:preloadError', () => (this.#stale = true));
    navigator.serviceWorker.addEventListener('message', answer);
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      if (this.#asked) location.reload();
    });
    const hadController = navigator.serviceWorker.controller !== null;
    const registration = await navigator.serviceWorker.register(trustedScriptUrl('/service-worker.js'), {
      updateViaCache: 'none'
    });
    this.#watch(registration, hadController);
    const look = () => void registration.update().catch(() => undefined);
    setInterval(look, HOUR);
    addEventListener('online', look);
  }

  /**
   * Changes to the newest build, fetched now when it is not on the device yet: the waiting worker takes over, then this
   * page loads again.
   */
  async apply(): Promise<void> {
    this.#asked = true;
    this.#busy = true;
    const message: ToWorker = { type: 'take-over' };
    const worker = this.#waiting ?? (this.#stale ? undefined : await fetched());
    if (worker?.state === 'installed') worker.postMessage(message);
    else location.reload();
  }

  #watch(registration: ServiceWorkerRegistration, hadController: boolean): void {
    if (registration.waiting && hadController) this.#waiting = registration.waiting;
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing;
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'installed' && navigator.serviceWorker.controller) this.#waiting = worker;
        if (worker.state === 'activated' && this.#waiting === worker && !this.#asked) this.#stale = true;
      });
    });
  }
}

/** Tells the worker which build this page is, so that it keeps the files of it. */
function answer(event: MessageEvent<FromWorker>): void {
  if (event.data.type === 'which-build') event.ports[0]?.postMessage(version);
}

/** The build that the server has now, as soon as all of it is here; undefined when this device has no newer one. */
async function fetched(): Promise<ServiceWorker | undefined> {
  if (!('serviceWorker' in navigator)) return undefined;
  const registration = await navigator.serviceWorker.getRegistration();
  await registration?.update().catch(() => undefined);
  const worker = registration?.waiting ?? registration?.installing ?? undefined;
  if (worker?.state === 'installing')
    await new Promise((resolve) => worker.addEventListener('statechange', resolve, { once: true }));
  return worker;
}

export const update = new Update();
