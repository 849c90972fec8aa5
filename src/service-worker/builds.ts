import type { FromWorker } from '$lib/features/frame/worker-messages';
import { SHELL } from './requests';

/** Remembers which build was served before this one; holds nothing else. */
const STATE = 'smartasn-builds';
const ACTIVE = '/active-build';
const PATIENCE = 2_000;

/** A file with a hash in its name is the same in every build: what an older build has is not fetched again. */
export async function inheritFiles(cacheName: string, urls: string[]): Promise<void> {
  const cache = await caches.open(cacheName);
  for (const url of urls) {
    const known = (await cache.match(url)) ? undefined : await caches.match(url);
    if (known) await cache.put(url, known);
  }
}

/**
 * Removes the builds that nobody needs: not this one, not the one before it, and none that an open page was loaded from.
 * A page that does not answer may be a sleeping one, so then nothing is removed until the next build.
 */
export async function forgetOldBuilds(version: string, clients: Clients): Promise<void> {
  const state = await caches.open(STATE);
  const before = await (await state.match(ACTIVE))?.text();
  await state.put(ACTIVE, new Response(version));
  const pages = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  const used = await Promise.all(pages.map(buildOf));
  if (used.includes(undefined)) return;
  const kept = new Set([version, before, ...used].map((build) => `${SHELL}${build}`));
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(SHELL) && !kept.has(name)).map((name) => caches.delete(name))
  );
}

/** Asks a page which build it is; undefined when it does not say. */
function buildOf(page: WindowClient): Promise<string | undefined> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const question: FromWorker = { type: 'which-build' };
    port1.onmessage = (event: MessageEvent<unknown>) =>
      resolve(typeof event.data === 'string' ? event.data : undefined);
    setTimeout(() => resolve(undefined), PATIENCE);
    page.postMessage(question, [port2]);
  });
}
