import { expect, test, type Page } from '@playwright/test';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { testBrowser, type TestBrowser } from './support/browser.ts';
import { pageOf, signIn, unlock } from './support/person.ts';
import { testServer, type TestServer } from './support/server.ts';

const WAITING = 'Solar untuk perahu puskesmas tinggal sehari.';
const DRAFT = 'Rapat wali murid pindah ke hari';
const COURSE = 'Air Bersih dan Sanitasi Sekolah';

let folder: string;
let server: TestServer;
let browser: TestBrowser;

/** The same sources under another name: another page, another service worker, other file names where the name is in. */
async function makeBuild(version: string): Promise<string> {
  const target = path.join(folder, version);
  await promisify(execFile)(process.execPath, ['scripts/build.js'], {
    env: { ...process.env, SMARTASN_VERSION: version, SMARTASN_BUILD: target }
  });
  return target;
}

test.beforeAll(async () => {
  test.setTimeout(300_000);
  folder = await mkdtemp(path.join(os.tmpdir(), 'smartasn-builds-'));
  const first = await makeBuild('a');
  const second = await makeBuild('b');
  expect(await readFile(path.join(first, 'index.html'), 'utf8')).not.toBe(
    await readFile(path.join(second, 'index.html'), 'utf8')
  );
  server = await testServer();
  await server.start({ SMARTASN_BUILD: first });
  browser = await testBrowser();
});

test.afterAll(async () => {
  await browser?.dispose();
  await server?.dispose();
  await rm(folder, { recursive: true, force: true, maxRetries: 10 });
});

interface Marked {
  mark?: string;
}
const mark = (page: Page) => page.evaluate(() => void ((window as Marked).mark = 'a'));
const marked = (page: Page) => page.evaluate(() => (window as Marked).mark);

/** The files of the app that this page was made from, by the names that its build gave them. */
const entryOf = (page: Page) =>
  page.evaluate(() => document.querySelector<HTMLLinkElement>('link[rel=modulepreload]')?.href ?? '');

const write = (page: Page) => page.getByRole('button', { name: 'Tulis', exact: true }).first().click();
const place = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).first().click();
const heading = (page: Page, name: string) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible();

const commentIn = (page: Page, state: string) =>
  page.locator('li', { hasText: WAITING }).locator(`[data-state="${state}"]`);

test('an open page outlives the build it came from, and a new one takes over only when asked', async () => {
  const page = await pageOf(browser.context);
  await signIn(page, server.origin, 'guru');
  await expect(page.locator('article').first()).toBeVisible();
  await expect(page.getByText(/^Segar/).first()).toBeVisible();
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await mark(page);
  const before = await entryOf(page);

  let address = '';

  await test.step('the next build is there and is offered in words; a draft is open, and nothing reloads', async () => {
    await write(page);
    await page.getByRole('dialog').getByLabel('Isi').fill(DRAFT);
    await server.kill();
    await server.start({ SMARTASN_BUILD: path.join(folder, 'b') });
    await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
    await expect(page.getByText('Versi baru sudah siap. Tulisan Anda aman.')).toBeVisible();
    await expect(page.getByRole('dialog').getByLabel('Isi')).toHaveValue(DRAFT);
    expect(await marked(page)).toBe('a');
  });

  await test.step('with the server dead again, the old page still has every part of itself', async () => {
    await server.kill();
    await page.getByRole('button', { name: 'Tutup' }).click();
    await place(page, 'Belajar');
    await heading(page, 'Belajar');
    await page.getByRole('link', { name: COURSE }).first().click();
    await heading(page, COURSE);
    await place(page, 'Profil');
    await expect(page.getByText('Sumber: BKN').first()).toBeVisible();
    await page.getByRole('link', { name: 'Lihat seperti rekan melihatnya' }).click();
    await heading(page, 'Rekan');
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('link', { name: 'Sinkronisasi' }).click();
    await heading(page, 'Sinkronisasi');
    await place(page, 'Beranda');
    await page.locator('article a.open').first().click();
    await heading(page, 'Kabar');
    await page.getByLabel('Tanggapan Anda').fill(WAITING);
    await page.getByRole('button', { name: 'Kirim tanggapan' }).click();
    await expect(commentIn(page, 'waiting')).toBeVisible();
    address = page.url();
    expect(await marked(page)).toBe('a');
    expect(await entryOf(page)).toBe(before);
  });

  await test.step('she accepts: the new build runs, still without the server, and nothing of hers is gone', async () => {
    const loaded = page.waitForEvent('load');
    await page.getByRole('button', { name: 'Perbarui sekarang' }).click();
    await loaded;
    await unlock(page, address);
    expect(await marked(page)).toBeUndefined();
    expect(await entryOf(page)).not.toBe(before);
    await expect(page.getByText('Versi baru sudah siap')).toHaveCount(0);
    await expect(commentIn(page, 'waiting')).toBeVisible();
    await place(page, 'Belajar');
    await heading(page, 'Belajar');
    await place(page, 'Beranda');
    await write(page);
    await expect(page.getByRole('dialog').getByLabel('Isi')).toHaveValue(DRAFT);
  });

  await test.step('the server is back: the draft is sent, and what waited arrives', async () => {
    await server.start();
    await page.getByRole('button', { name: 'Kirim', exact: true }).click();
    await expect(page.locator('article', { hasText: DRAFT }).locator('[data-state="delivered"]')).toBeVisible();
    await page.goBack();
    await page.goBack();
    await expect(commentIn(page, 'delivered')).toBeVisible();
  });

  await test.step('told that it is too old, it fetches the build that the server has as soon as she presses', async () => {
    const older = await entryOf(page);
    await page.route('**/sync', (route) =>
      route.request().method() === 'POST'
        ? route.fulfill({ status: 426, json: { code: 'too-old', message: '' } })
        : route.fallback()
    );
    await server.kill();
    await server.start({ SMARTASN_BUILD: path.join(folder, 'a') });
    await expect(page.getByText(/^Aplikasi ini perlu diperbarui/)).toBeVisible();
    const loaded = page.waitForEvent('load');
    await page.getByRole('button', { name: 'Perbarui sekarang' }).click();
    await loaded;
    await page.unroute('**/sync');
    await unlock(page, `${server.origin}/feed`);
    expect(await entryOf(page)).not.toBe(older);
  });
});
