import { expect, test, type Page } from '@playwright/test';
import { testBrowser, type TestBrowser } from './support/browser.ts';
import { pageOf, PIN, signIn } from './support/person.ts';
import { testServer, type TestServer } from './support/server.ts';

const WRONG = '281504';
const POST = 'Genset puskesmas pembantu mati, vaksin kami titip di kapal.';

/** Smaller than any store: every write finds the disk full. */
const FULL = 1;

let server: TestServer;
let browser: TestBrowser;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  server = await testServer();
  await server.start();
});

test.afterAll(async () => {
  await server?.dispose();
});

test.beforeEach(async () => {
  browser = await testBrowser();
});

test.afterEach(async () => {
  await browser.dispose();
});

const open = (page: Page) => page.getByRole('button', { name: 'Buka', exact: true });
const pinField = (page: Page) => page.getByLabel('PIN', { exact: true });
const countdown = (page: Page) => page.getByRole('timer');

/** Writes a little in a database beside the app's; answers whether there was room. */
const askForRoom = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const request = indexedDB.open('room');
        request.onerror = () => resolve(String(request.error?.name));
        request.onupgradeneeded = () => request.result.createObjectStore('bytes');
        request.onsuccess = () => {
          const { result } = request;
          const transaction = result.transaction('bytes', 'readwrite');
          transaction.objectStore('bytes').put('a little', 1);
          transaction.oncomplete = () => resolve('there was room');
          transaction.onabort = () => resolve(String(transaction.error?.name));
          result.close();
        };
      })
  );

const tryPin = async (page: Page, pin: string) => {
  await pinField(page).fill(pin);
  await open(page).click();
};

test('a wrong PIN waits longer each time, also after a reload, and the right one then opens', async () => {
  const page = await pageOf(browser.context);
  await signIn(page, server.origin, 'guru');
  await page.getByRole('button', { name: /^Kunci/ }).click();
  await expect(page.getByRole('heading', { name: 'Terkunci' })).toBeVisible();
  // The app takes its clock when it is loaded.
  await page.clock.install();
  await page.reload();

  for (const wrong of ['pertama', 'kedua', 'ketiga'])
    await test.step(`${wrong}: told, no wait`, async () => {
      await tryPin(page, WRONG);
      await expect(page.getByText('PIN salah. Coba lagi.')).toBeVisible();
      await expect(open(page)).toBeEnabled();
      await expect(countdown(page)).toHaveCount(0);
    });

  const waits = [
    { words: /Coba lagi dalam [45] detik\./, seconds: 5 },
    { words: /Coba lagi dalam 1[45] detik\./, seconds: 15 },
    { words: /Coba lagi dalam (59|60) detik\./, seconds: 60 },
    { words: 'Coba lagi dalam 5 menit.', seconds: 300 }
  ];
  for (const { words, seconds } of waits)
    await test.step(`then ${seconds} seconds`, async () => {
      await tryPin(page, WRONG);
      await expect(countdown(page)).toHaveText(words);
      await expect(open(page)).toBeDisabled();
      if (seconds === 300) {
        await page.reload();
        await expect(countdown(page)).toHaveText(words);
        await expect(open(page)).toBeDisabled();
      }
      await page.clock.fastForward((seconds + 1) * 1_000);
      await expect(open(page)).toBeEnabled();
    });

  await tryPin(page, PIN);
  await expect(page.getByRole('heading', { level: 1, name: 'Beranda' })).toBeVisible();
});

test('a full disk is told in words and loses no post', async () => {
  const page = await pageOf(browser.context);
  await signIn(page, server.origin, 'guru');
  await expect(page.locator('article').first()).toBeVisible();
  await page.getByRole('button', { name: 'Tulis', exact: true }).first().click();
  const sheet = page.getByRole('dialog');
  const send = sheet.getByRole('button', { name: 'Kirim', exact: true });
  const devtools = await browser.context.newCDPSession(page);
  const quota = (quotaSize?: number) =>
    devtools.send('Storage.overrideQuotaForOrigin', { origin: server.origin, quotaSize });

  await test.step('the post is refused in words, on the sheet it was written in', async () => {
    await quota(FULL);
    // The browser remembers for half a minute how much was left before.
    await expect.poll(() => askForRoom(page), { timeout: 60_000 }).toBe('QuotaExceededError');
    await sheet.getByLabel('Isi').fill(POST);
    await send.click();
    await expect(sheet.getByText(/^Ruang simpan penuh\. Tulisan Anda masih ada di layar ini\./)).toBeVisible();
    await expect(sheet.getByLabel('Isi')).toHaveValue(POST);
    await expect(page.locator('article', { hasText: POST })).toHaveCount(0);
  });

  await test.step('with room again, the same text is sent, once', async () => {
    await quota();
    await send.click();
    await expect(sheet).toBeHidden();
    const own = page.locator('article', { hasText: POST });
    await expect(own.locator('[data-state="delivered"]')).toBeVisible();
    await expect(own).toHaveCount(1);
  });
});
