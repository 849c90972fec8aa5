import type { Page } from '@playwright/test';
import { pageOf, signIn } from '../../tests/e2e/support/person.ts';
import { testBrowser } from '../../tests/e2e/support/browser.ts';
import { openApp } from '../app.ts';
import { atMost, within, type Measure } from '../section.ts';
import { openStage } from '../stage.ts';
import { quantile } from '../statistics.ts';
import { watchHeap, watchTasks } from '../watch.ts';

interface Scale {
  documents: number;
  /** Megabytes. */
  media: number;
  reads: number;
  posts: number;
  frames: number;
}

const FULL: Scale = { documents: 50_000, media: 200, reads: 200, posts: 60, frames: 1_500 };
const QUICK: Scale = { documents: 2_000, media: 20, reads: 50, posts: 8, frames: 200 };

/** P8 and P10 on the store itself, which the app's pages read and write. */
async function onStore({ documents, media, reads }: Scale) {
  const stage = await openStage([]);
  const device = await testBrowser();
  try {
    const page = await pageOf(device.context);
    await page.goto(`http://localhost:${stage.port}`);
    await page.waitForFunction('window.contestants');
    await page.evaluate('window.contestants.device().then((module) => (window.device = module))');
    const heap = await watchHeap(page);
    await page.evaluate(`window.device.fill(${documents})`);
    await page.evaluate(`window.device.media(${media})`);
    const newest = await page.evaluate<number[]>(`window.device.read(${reads}, 'newest')`);
    await page.evaluate('window.device.write()');
    const own = await page.evaluate<number[]>(`window.device.read(${reads}, 'own')`);
    return { newest, own, peak: await heap.peak() };
  } finally {
    await device.dispose();
    await stage.close();
  }
}

/** About how many documents of shared databases are on this device: nearly all packs of posts are full. */
const documentsHere = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('the store cannot be read'));
      });
    const FULL_PACK = 32;
    let documents = 0;
    for (const { name } of await indexedDB.databases()) {
      const db = await done(indexedDB.open(name ?? ''));
      if (db.objectStoreNames.contains('shared')) {
        const tables = db.transaction(['shared', 'packs']);
        const rows = await done(tables.objectStore('shared').count());
        documents = rows + FULL_PACK * (await done(tables.objectStore('packs').count()));
      }
      db.close();
    }
    return documents;
  });

/** Waits until a first sync has brought at least so many documents and brings no more: demonstration data come, too. */
async function synced(page: Page, documents: number): Promise<void> {
  for (let here = -1, before = -2; here < 0.95 * documents || here > before;) {
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    before = here;
    here = await documentsHere(page);
  }
}

/** Scrolls down the feed by a screen's fifth each frame, as a thumb that is in a hurry. */
const scroll = (page: Page, frames: number): Promise<void> =>
  page.evaluate(async (times) => {
    for (let frame = 0; frame < times; frame += 1) {
      scrollBy(0, innerHeight / 5);
      await new Promise(requestAnimationFrame);
    }
  }, frames);

/** Writes a post in the composer; ms from the press until it is drawn, and until the device has it for good. */
async function tap(page: Page, text: string): Promise<{ visible: number; durable: number }> {
  await page.getByRole('button', { name: 'Tulis' }).first().click();
  await page.getByRole('textbox', { name: 'Isi' }).fill(text);
  return page.evaluate(
    (written) =>
      new Promise((resolve) => {
        const sheet = document.querySelector('dialog[open]');
        const taken = { visible: 0, durable: 0 };
        const started = performance.now();
        const look = (): void => {
          const now = performance.now() - started;
          // The sheet stays open until the write is acknowledged.
          if (!sheet?.hasAttribute('open')) taken.durable ||= now;
          const isThere = document.querySelector('article')?.textContent?.includes(written);
          if (isThere && taken.durable && !taken.visible)
            requestAnimationFrame(() => {
              taken.visible ||= performance.now() - started;
              watch.disconnect();
              resolve(taken);
            });
        };
        const watch = new MutationObserver(look);
        watch.observe(document.body, { attributes: true, childList: true, subtree: true });
        sheet?.querySelector<HTMLButtonElement>('button[type=submit]')?.click();
      }),
    text
  );
}

/** P9, P10 and the main thread in the app itself, on its real build, while it syncs and while it is scrolled. */
async function inApp({ documents, posts, frames }: Scale) {
  const server = await openApp(documents);
  const device = await testBrowser();
  try {
    const page = await pageOf(device.context);
    const tasks = await watchTasks(page);
    // What starting the app costs is not the sync's.
    const started = page.waitForRequest('**/sync').then(() => tasks.take());
    await signIn(page, server.origin, 'guru');
    await started;
    const heap = await watchHeap(page);
    await synced(page, documents);
    const syncing = await tasks.take();
    await scroll(page, frames);
    const scrolling = await tasks.take();
    const peak = await heap.peak();
    await page.evaluate('scrollTo(0, 0)');
    const taps: { visible: number; durable: number }[] = [];
    for (let index = 0; index < posts; index += 1) {
      taps.push(await tap(page, `Kabar nomor ${index} selesai`));
      // A person is slower than the server, which shares its processors with this device only here.
      await page.locator('article').first().locator('[data-state=delivered]').waitFor();
    }
    return { syncing, scrolling, taps, peak };
  } finally {
    await device.dispose();
    await server.dispose();
  }
}

const longest = (tasks: number[]): number => Math.max(0, ...tasks);

/** P8, P9, P10: what the device feels like when it holds much. */
export const measure: Measure = async ({ quick, say }) => {
  const scale = quick ? QUICK : FULL;
  const on = await onStore(scale);
  say(`store of ${scale.documents}: newest ${quantile(on.newest, 0.95).toFixed(1)} ms, heap ${on.peak.toFixed(0)} MB`);
  const app = await inApp(scale);
  say(`app: ${app.syncing.length} long tasks in the first sync, ${app.scrolling.length} while scrolling`);
  const visible = app.taps.map((taken) => taken.visible);
  const durable = app.taps.map((taken) => taken.durable);
  return {
    name: `a device with ${scale.documents} documents and ${scale.media} MB of media`,
    goals: [
      within(`P8 newest 20 of ${scale.documents}, p95`, quantile(on.newest, 0.95), 8),
      within('P8 a page of 20 own posts, p95', quantile(on.own, 0.95), 8),
      within('P9 tap to visible, p95', quantile(visible, 0.95), 50),
      within('P9 tap to durable, p95', quantile(durable, 0.95), 100),
      atMost('P10 peak heap of the store, MB', on.peak, 60),
      atMost('P10 peak heap of the app, MB', app.peak, 60),
      within('issue 3 longest task while scrolling', longest(app.scrolling), 50),
      within('issue 3 longest task in the first sync', longest(app.syncing), 50)
    ],
    data: { scale, store: on, app }
  };
};
