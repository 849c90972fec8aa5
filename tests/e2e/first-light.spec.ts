import { expect, test, type Page } from '@playwright/test';
import { bookToImport } from './support/book.ts';
import { testBrowser, type TestBrowser } from './support/browser.ts';
import { smartasn } from './support/command.ts';
import { pageOf, signIn, stateIn, unlock } from './support/person.ts';
import { testServer, type TestServer } from './support/server.ts';

const POST = 'Perahu sekolah bocor lagi, besok kami pinjam perahu Pak Lukas.';
const COMMENT = 'Terima kasih kabarnya, kami siap membantu.';
const ABOUT = 'Mengajar kelas rangkap sejak 2016.';

let server: TestServer;
let teacher: TestBrowser;
let others: TestBrowser;

test.beforeAll(async () => {
  server = await testServer();
  await server.start();
  teacher = await testBrowser();
  others = await testBrowser({ width: 1280, height: 800 });
});

test.afterAll(async () => {
  await teacher?.dispose();
  await others?.dispose();
  await server?.dispose();
});

/** Opens a place of the app by its navigation, without loading the page anew. */
const go = async (page: Page, place: 'Beranda' | 'Belajar' | 'Profil') => {
  await page.getByRole('link', { name: place, exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: place })).toBeVisible();
};

const openBook = async (page: Page, title: string) => {
  await go(page, 'Belajar');
  await page.getByLabel('Cari kursus').fill(title);
  await page.getByRole('link', { name: title }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
};

/** Reads chapter after chapter until a picture of the book is on the screen, and waits until it is drawn. */
const readToPicture = async (page: Page) => {
  const picture = page.locator('article.chapter img').first();
  for (let number = 1; number <= 30; number += 1) {
    await expect(page.getByRole('progressbar', { name: `Bab ${number} dari` })).toBeVisible();
    await expect(page.locator('article.chapter > *').first()).toBeAttached();
    if ((await page.locator('article.chapter img').count()) > 0) break;
    await page.getByRole('button', { name: /Selesai, lanjut|Berikutnya/ }).click();
  }
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
};

test('a teacher reads, studies and writes with the server dead, and everything arrives', async () => {
  const page = await pageOf(teacher.context);
  const book = await bookToImport();

  await test.step('she signs in, and finds a published book in the catalogue', async () => {
    await smartasn(server.data, 'course', 'import', book.file);
    await signIn(page, server.origin, 'guru');
    await expect(page.locator('article')).not.toHaveCount(0);
    await openBook(page, book.title);
    const button = page.getByRole('button', { name: /^Unduh \(.* [KM]B\)/ });
    await expect(button).toBeVisible();
    await button.click();
    await expect(page.getByText('Tersimpan di perangkat')).toBeVisible({ timeout: 60_000 });
  });

  await test.step('she filters the feed and opens a post', async () => {
    await go(page, 'Beranda');
    await page.getByRole('button', { name: 'Pemerintah Kabupaten Asmat' }).click();
    await page.locator('article').first().waitFor();
    await page.locator('article a.open').first().click();
    await expect(page.getByRole('heading', { level: 2, name: /tanggapan/ })).toBeVisible();
    await go(page, 'Beranda');
  });

  await server.kill();
  await teacher.reopen();
  const offline = await pageOf(teacher.context);

  await test.step('with the server dead, the shell, the feed, the book and her profile are there', async () => {
    await unlock(offline, `${server.origin}/feed`);
    await expect.poll(() => offline.locator('article').count()).toBeGreaterThanOrEqual(20);
    await go(offline, 'Profil');
    await expect(offline.getByText('Sumber: BKN').first()).toBeVisible();
  });

  let chapter = '';
  await test.step('she writes, reacts, comments, describes herself and finishes chapters: all of it waits', async () => {
    await offline.evaluate(() => ((window as unknown as { mark: number }).mark = 1));
    await go(offline, 'Beranda');
    await offline.getByRole('button', { name: 'Tulis' }).first().click();
    await offline.getByRole('textbox', { name: 'Isi' }).fill(POST);
    await offline.getByRole('button', { name: 'Kirim', exact: true }).click();
    const own = offline.locator('article', { hasText: POST });
    await expect(own.locator('[data-state="waiting"]')).toBeVisible();
    await expect(own.getByText('menunggu sinyal')).toBeVisible();

    await offline.locator('article', { hasNotText: POST }).locator('a.open').first().click();
    await expect(offline.getByRole('heading', { level: 1, name: 'Kabar' })).toBeVisible();
    await offline.getByRole('button', { name: /^Bermanfaat/ }).click();
    await expect(stateIn(offline, '.bar')).toHaveAttribute('data-state', 'waiting');
    await offline.getByLabel('Tanggapan Anda').fill(COMMENT);
    await offline.getByRole('button', { name: 'Kirim tanggapan' }).click();
    await expect(offline.locator('li', { hasText: COMMENT }).locator('[data-state="waiting"]')).toBeVisible();

    await go(offline, 'Profil');
    await offline.getByRole('button', { name: 'Ubah Keahlian' }).click();
    await offline.getByRole('textbox', { name: 'Keahlian' }).fill(ABOUT);
    await offline.getByRole('button', { name: 'Simpan' }).click();
    await expect(offline.getByText(ABOUT)).toBeVisible();
    await expect(stateIn(offline, 'main')).toHaveAttribute('data-state', 'waiting');

    await openBook(offline, book.title);
    await offline.getByRole('link', { name: /Mulai belajar|Lanjutkan/ }).click();
    await readToPicture(offline);
    const title = offline.getByRole('heading', { level: 1 });
    const finished = (await title.textContent()) ?? '';
    await offline.getByRole('button', { name: 'Selesai, lanjut' }).click();
    await expect(title).not.toHaveText(finished);
    await expect(offline.getByRole('progressbar', { name: /^Bab [2-9]/ })).toBeVisible();
    await expect(stateIn(offline, 'main')).toHaveAttribute('data-state', 'waiting');
    chapter = (await title.textContent()) ?? '';
    await offline.screenshot({ path: 'test-results/book-offline.png' });
  });

  await server.start();

  await test.step('the server is back: each item arrives, without a reload', async () => {
    await expect(stateIn(offline, 'main')).toHaveAttribute('data-state', 'delivered');
    await go(offline, 'Profil');
    await expect(stateIn(offline, 'main')).toHaveAttribute('data-state', 'delivered');
    await go(offline, 'Beranda');
    const own = offline.locator('article', { hasText: POST });
    await expect(own.locator('[data-state="delivered"]')).toBeVisible();
    await expect(own.getByText(/sampai \d\d\.\d\d/)).toBeVisible();
    await own.getByRole('button', { name: /^Suka/ }).click();
    await expect(own.locator('.bar [aria-pressed="true"]')).toBeVisible();
    await expect(own.locator('.bar [data-state]')).toHaveCount(0);
    expect(await offline.evaluate(() => (window as unknown as { mark?: number }).mark)).toBe(1);
  });

  await test.step('a colleague sees the post, a nurse of another agency does not', async () => {
    const colleague = await pageOf(others.context);
    await signIn(colleague, server.origin, 'rekan');
    await expect(colleague.locator('article', { hasText: POST })).toBeVisible();
    const nurse = await testBrowser();
    try {
      const screen = await pageOf(nurse.context);
      await signIn(screen, server.origin, 'perawat');
      await expect(screen.locator('article').first()).toBeVisible();
      await expect(screen.locator('article', { hasText: POST })).toHaveCount(0);
    } finally {
      await nurse.dispose();
    }
  });

  await test.step('her second device knows her place in the book', async () => {
    const device = await testBrowser();
    try {
      const second = await pageOf(device.context);
      await signIn(second, server.origin, 'guru');
      await openBook(second, book.title);
      await expect(second.getByRole('img', { name: 'bab selesai' }).first()).toBeVisible();
      await second.getByRole('button', { name: /^Unduh/ }).click();
      await second.getByRole('link', { name: 'Lanjutkan', exact: true }).click({ timeout: 60_000 });
      await expect(second.getByRole('heading', { level: 1, name: chapter })).toBeVisible();
    } finally {
      await device.dispose();
    }
  });
});
