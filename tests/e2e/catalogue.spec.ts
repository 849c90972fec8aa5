import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { pageOf, signIn } from './support/person.ts';
import { testStage } from './support/stage.ts';

const COURSE = 'Melayani Warga yang Sedang Marah';
const QUESTION = 'Bagaimana bila warga tetap marah sesudah langkah kelima?';

const stage = testStage();

/** Opens a place of the app by its navigation, without loading the page anew. */
const go = async (page: Page, place: 'Beranda' | 'Belajar') => {
  await page.getByRole('link', { name: place, exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: place })).toBeVisible();
};

const look = (page: Page, words: string) => page.getByLabel('Cari kursus').fill(words);

const openCourse = async (page: Page) => {
  await go(page, 'Belajar');
  await look(page, 'dilayani');
  await page.getByRole('link', { name: COURSE }).click();
  await expect(page.getByRole('heading', { level: 1, name: COURSE })).toBeVisible();
};

test('she finds a course by another form of its word, and with the server dead events, filters and its discussion work on', async () => {
  const page = await pageOf(stage.browser.context);

  await test.step('the catalogue invites with reasons, and says what her unit learns', async () => {
    await signIn(page, stage.server.origin, 'guru');
    await go(page, 'Belajar');
    await expect(
      page.getByRole('region', { name: 'Untuk Anda' }).getByText('PermenPANRB 38/2017').first()
    ).toBeVisible();
    await expect(page.getByText(/^\d+ rekan seunit mempelajari ini$/).first()).toBeVisible();
    await expect(page.getByRole('region', { name: 'Acara terdekat' }).getByRole('link')).toHaveCount(3);
  });

  await test.step('she begins a course, and its discussion opens by itself', async () => {
    await openCourse(page);
    await page.getByRole('link', { name: /Diskusi kursus/ }).click();
    await expect(page.getByText('Diskusi belum terbuka di sini')).toBeVisible();
    await page.getByRole('link', { name: 'Buka kursus' }).click();
    await page.getByRole('button', { name: /^Unduh/ }).click();
    await page.getByRole('link', { name: 'Mulai belajar' }).click();
    await page.getByRole('button', { name: 'Selesai, lanjut' }).click();
    await openCourse(page);
    await page.getByRole('link', { name: /Diskusi kursus/ }).click();
    await expect(page.getByText('Belum ada yang bertanya')).toBeVisible({ timeout: 30_000 });
  });

  await stage.server.kill();

  await test.step('with the server dead she asks there, and the feed of her work is not flooded', async () => {
    await page.getByRole('button', { name: 'Tulis' }).click();
    await page.getByRole('textbox', { name: 'Isi' }).fill(QUESTION);
    await page.getByRole('button', { name: 'Kirim', exact: true }).click();
    await expect(page.locator('article', { hasText: QUESTION }).locator('[data-state="waiting"]')).toBeVisible();
    await go(page, 'Beranda');
    await expect(page.locator('article').first()).toBeVisible();
    await expect(page.locator('article', { hasText: QUESTION })).toHaveCount(0);
  });

  await test.step('she narrows the catalogue to what is here, and is told what to change when nothing is left', async () => {
    await go(page, 'Belajar');
    await look(page, '');
    await page.getByRole('button', { name: 'Di perangkat' }).click();
    await expect(page.locator('main a[href^="/courses/"]', { hasText: ' JP' })).toHaveCount(1);
    await look(page, 'imunisasi');
    await expect(page.getByText('Tidak ada yang cocok dengan “imunisasi” dan saringan ini.')).toBeVisible();
    await page.getByRole('button', { name: 'Hapus semua saringan' }).click();
    await expect(page.getByRole('link', { name: /^Imunisasi dan Rantai Dingin/ })).toBeVisible();
    await page.getByRole('button', { name: 'Saring', exact: true }).click();
    await page.getByLabel('Tingkat').selectOption({ label: 'Tingkat dasar' });
    await page.getByRole('button', { name: 'Tampilkan 0 kursus' }).click();
    await page.getByRole('button', { name: 'Hapus kata pencarian' }).click();
    await expect(page.getByRole('button', { name: 'Hapus saringan: Tingkat dasar' })).toBeVisible();
    await page.getByRole('button', { name: 'Hapus saringan: Tingkat dasar' }).click();
  });

  await test.step('an event goes into her calendar', async () => {
    await page.getByRole('link', { name: 'Semua acara' }).click();
    await expect(page.getByText('Dibatalkan')).toBeVisible();
    await page.getByRole('link', { name: /^Klinik SKP Akhir Tahun/ }).click();
    await expect(page.getByText(/13\.30–15\.30 WIB/).first()).toBeVisible();
    const arriving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Simpan ke kalender' }).click();
    const file = await readFile(await (await arriving).path(), 'utf8');
    expect(file).toMatch(/DTSTART:\d{8}T063000Z/);
    expect(file).toContain('STATUS:CONFIRMED');
  });

  await stage.server.start();

  await test.step('the server is back: her question arrives in the course’s channel', async () => {
    await openCourse(page);
    await page.getByRole('link', { name: /Diskusi kursus/ }).click();
    await expect(page.locator('article', { hasText: QUESTION }).locator('[data-state="delivered"]')).toBeVisible();
  });
});
