/// <reference types="@sveltejs/kit" />
/// <reference no-default-lib="true"/>
/// <reference lib="esnext" />
/// <reference lib="webworker" />
import { build, files, version } from '$service-worker';
import { PrecacheController } from 'workbox-precaching';
import { forgetOldBuilds, inheritFiles } from './builds';
import { offlineFile } from './offline';
import { hasParts, isPart } from './parts';
import { isPage, isShellFile, offlineFileOf, SHELL } from './requests';
import type { ToWorker } from '$lib/features/frame/worker-messages';

/**
 * The shell always comes from the device: the network is never asked for a page or for a file of a build that is here.
 * What belongs to a person (`/api`, `/db`, `/sync`, `/media`) never passes through a cache of this worker.
 */
const worker = self as unknown as ServiceWorkerGlobalScope;

const PAGE = '/index.html';
const cacheName = SHELL + version;
const hashed = (url: string): boolean => url.startsWith('/_app/immutable/');

const controller = new PrecacheController({ cacheName });
controller.addToCacheList([
  { url: PAGE, revision: version },
  ...build.filter((url) => !isPart(url)).map((url) => ({ url, revision: hashed(url) ? null : version })),
  ...files.map((url) => ({ url, revision: version }))
]);

worker.addEventListener('install', (event) => {
  event.waitUntil(
    inheritFiles(
      cacheName,
      build.filter(hashed).map((url) => new URL(url, worker.location.origin).href)
    )
      .then(keepParts)
      .then(() => controller.install(event))
  );
});

worker.addEventListener('activate', (event) => {
  /** The page of a first visit gets its later parts from the device as well, even when the signal is gone by then. */
  event.waitUntil(worker.clients.claim().then(() => forgetOldBuilds(version, worker.clients)));
});

worker.addEventListener('message', (event) => {
  if ((event.data as ToWorker | undefined)?.type === 'take-over') void worker.skipWaiting();
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  const sha256 = offlineFileOf(request.mode, url.pathname);
  if (sha256) event.respondWith(courseFile(sha256, url, event));
  else if (isPage(request.mode, url.pathname)) event.respondWith(page(request));
  else if (isShellFile(url.pathname, controller.getCacheKeyForURL(url.href))) event.respondWith(file(request));
});

async function page(request: Request): Promise<Response> {
  return (await controller.matchPrecache(PAGE)) ?? fetch(request);
}

/** A file of a course for a page of the app, or a worker of one: nobody else can ask, and nobody else is answered. */
async function courseFile(sha256: string, url: URL, { clientId, request }: FetchEvent): Promise<Response> {
  const client = await worker.clients.get(clientId);
  if (!client || new URL(client.url).origin !== worker.location.origin) return Response.error();
  return offlineFile(sha256, url.searchParams.get('type') ?? '', request.headers.get('range'));
}

/** A file of this build, or of an older one that an open page still uses. */
async function file(request: Request): Promise<Response> {
  const known = (await controller.matchPrecache(request)) ?? (await caches.match(request));
  if (known) return known;
  const fresh = await fetch(request);
  if (fresh.ok && isPart(new URL(request.url).pathname)) {
    const cache = await caches.open(cacheName);
    await cache.put(request, fresh.clone());
  }
  return fresh;
}

/** Who has parts of an older build gets those of this one with it. */
async function keepParts(): Promise<void> {
  if (!(await hasParts())) return;
  const cache = await caches.open(cacheName);
  for (const part of build.filter(isPart)) if (!(await cache.match(part))) await cache.add(part);
}
