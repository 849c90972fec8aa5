import { expect, test, type Page } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import { LINKS, startProxy } from '../../bench/link/proxy.ts';
import { suffixOf } from '../../src/lib/domain/ids.ts';
import { playableAddress } from '../../src/lib/features/courses/playable.ts';
import { pageOf, signIn, unlock } from './support/person.ts';
import { publishRecording, type Recording } from './support/recording.ts';
import { findings } from './support/search.ts';
import { testStage } from './support/stage.ts';

const TITLE = 'Rekaman dari lapangan';

/** The download takes long enough to be cut in its middle. */
const SLOW = { name: 'slow', rate: 6_000_000, roundTrip: 20 };

const stage = testStage();

const bar = (page: Page) => page.getByRole('progressbar', { name: 'Mengunduh' });
const arrived = (page: Page) => bar(page).evaluate((element: HTMLProgressElement) => element.value);

/** Plays the end of a recording from the device; answers how long it is, and how long opening took, ms. */
const play = (page: Page, address: string) =>
  page.evaluate(async (source) => {
    const begun = performance.now();
    const audio = new Audio();
    const heard = (name: string) =>
      new Promise<void>((resolve, reject) => {
        audio.addEventListener(name, () => resolve(), { once: true });
        audio.addEventListener('error', () => reject(new Error(audio.error?.message)), { once: true });
      });
    const opened = heard('loadedmetadata');
    audio.src = source;
    await opened;
    const took = performance.now() - begun;
    const sought = heard('seeked');
    audio.currentTime = audio.duration - 1;
    await sought;
    return { seconds: audio.duration, took };
  }, address);

test('a download survives the server, the browser and a flipped byte, and plays with the server dead', async () => {
  const { server, browser } = stage;
  const { course, body, place }: Recording = await publishRecording(server.data, TITLE);
  const proxy = await startProxy(Number(new URL(server.origin).port));
  const origin = proxy.origin;
  const address = `${origin}/courses/${suffixOf(course._id)}`;
  const file = course.chapters[0]?.file;
  if (!file?.manifest) throw new Error('The recording is not long enough to have pieces.');
  const playable = playableAddress(file);
  const begun = 3 * 524_288;

  await test.step('the server dies in the middle', async () => {
    const page = await pageOf(browser.context);
    await signIn(page, origin, 'guru');
    await unlock(page, address);
    proxy.use(SLOW);
    await page.getByRole('button', { name: /^Unduh \(3,\d MB\)/ }).click();
    await expect.poll(() => arrived(page)).toBeGreaterThan(begun);
    await server.kill();
    // What the dead server had sent already is lost with its link.
    proxy.use(LINKS.loopback);
    await expect(page.getByText(/^Unduhan terhenti/).first()).toBeVisible();
    expect(await arrived(page)).toBeLessThan(course.size);
  });

  await test.step('the battery dies, a byte flips on the server: what is left is fetched, and the damage is found', async () => {
    await browser.crash();
    const damaged = body.slice();
    damaged[damaged.length - 7] = (damaged.at(-7) ?? 0) ^ 1;
    await writeFile(place, damaged);
    await server.start();
    await browser.reopen();
    const page = await pageOf(browser.context);
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith(`/media/${file.sha256}`)) asked.push(request.headers().range ?? 'whole');
    });
    await unlock(page, address);
    await expect(page.getByText(/rusak di jalan/).first()).toBeVisible();
    expect(Number(/^bytes=(\d+)-/.exec(asked[0] ?? '')?.[1])).toBeGreaterThanOrEqual(begun - 524_288);
    await writeFile(place, body);
    await page.getByRole('button', { name: 'Lanjutkan unduhan' }).click();
    await expect(page.getByText('Tersimpan di perangkat')).toBeVisible();
    // The battery may have taken the app's own files as well; they have to be here before the server goes.
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    expect(asked.at(-1)).toBe(`bytes=${6 * 524_288}-${body.length - 1}`);
  });

  await test.step('with the server dead it plays, in ranges, and nothing of it is readable on the disk', async () => {
    await server.kill();
    await browser.reopen();
    const page = await pageOf(browser.context);
    await unlock(page, `${origin}/courses/storage`);
    await expect(page.getByText(TITLE)).toBeVisible();
    const { seconds, took } = await play(page, playable);
    expect(seconds).toBeGreaterThan(60);
    test.info().annotations.push({ type: 'opened in', description: `${Math.round(took)} ms` });
    const part = await page.evaluate(async (source) => {
      const answer = await fetch(source, { headers: { range: 'bytes=524200-524400' } });
      const bytes = new Uint8Array(await answer.arrayBuffer());
      return { status: answer.status, stored: answer.headers.get('cache-control'), bytes: [...bytes] };
    }, playable);
    expect(part).toEqual({ status: 206, stored: 'no-store', bytes: [...body.subarray(524_200, 524_401)] });
    const navigated = await page.goto(`${origin}${playable}`);
    expect(navigated?.headers()['content-type']).toContain('text/html');
    await browser.context.close();
    const samples = [1_000, 600_000, body.length - 2_000].map((at) => body.subarray(at, at + 32));
    expect(await findings(server.data, samples)).not.toEqual([]);
    expect(await findings(browser.profile, samples)).toEqual([]);
  });
  await proxy.close();
});
