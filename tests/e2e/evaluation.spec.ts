import { expect, test, type Page } from '@playwright/test';
import { testBrowser, type TestBrowser } from './support/browser.ts';
import { pageOf, signIn, unlock } from './support/person.ts';
import { testStage } from './support/stage.ts';

const COURSE = 'Kata Sandi dan Penipuan Daring';
const PRACTICE = 'Latihan: menjaga akun';
const EVALUATION = 'Evaluasi: kata sandi dan penipuan';
const TASK = 'Tugas: rencana menjaga akun';
const READING = ['Kata sandi yang panjang dan berbeda', 'Kode sekali pakai'];

const stage = testStage();
let course = '';

/** Opens the course and one of its chapters, without loading the page anew. */
const openChapter = async (page: Page, title: string) => {
  await page.getByRole('link', { name: 'Belajar', exact: true }).first().click();
  await page.getByLabel('Cari kursus').fill(COURSE);
  await page.getByRole('link', { name: COURSE }).first().click();
  await page.getByRole('link', { name: title, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
};

const next = (page: Page) => page.getByRole('button', { name: 'Lanjut', exact: true }).click();
const handIn = async (page: Page) => {
  await page.getByRole('button', { name: 'Selesai', exact: true }).click();
  await page.getByRole('button', { name: 'Serahkan', exact: true }).click();
};

/** Puts the steps in this order with their buttons. */
async function order(page: Page, steps: string[]): Promise<void> {
  for (const [place, step] of steps.entries()) {
    const up = page.getByRole('button', { name: `Naikkan: ${step}` });
    const rows = page.locator('fieldset ol li');
    while (!(await rows.nth(place).textContent())?.includes(step)) await up.click();
  }
}

test('she takes a course along', async () => {
  const page = await pageOf(stage.browser.context);
  const met = page.waitForResponse((answer) => answer.url().endsWith('/api/parcels/device') && answer.ok());
  await signIn(page, stage.server.origin, 'guru');
  await page.getByRole('link', { name: 'Belajar', exact: true }).first().click();
  await page.getByLabel('Cari kursus').fill(COURSE);
  await page.getByRole('link', { name: COURSE }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: COURSE })).toBeVisible();
  course = new URL(page.url()).pathname;
  await page.getByRole('button', { name: /^Unduh \(/ }).click();
  await expect(page.getByText('Tersimpan di perangkat')).toBeVisible({ timeout: 60_000 });
  // What it takes to go on alone: the server's key, and the app itself.
  await met;
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await stage.server.kill();
});

test('without a server she practises, is examined, and hands in her work', async () => {
  const page = await pageOf(stage.browser.context);
  await expect(page.getByText('Terbuka setelah modul “Menjaga akun” selesai').first()).toBeVisible();
  for (const title of READING) {
    await openChapter(page, title);
    await page.getByRole('button', { name: 'Selesai, lanjut' }).click();
  }
  await openChapter(page, PRACTICE);
  await page.getByRole('button', { name: 'Mulai kuis' }).click();
  await page.getByLabel('empat kata acak yang panjang').check();
  await next(page);
  await page.getByLabel('pengelola kata sandi yang terkunci').check();
  await page.getByLabel('buku kecil di laci rumah yang terkunci').check();

  // What was answered is there after the browser was killed.
  await stage.browser.reopen();
  const again = await pageOf(stage.browser.context);
  await unlock(again, `${stage.server.origin}${course}`);
  await openChapter(again, PRACTICE);
  await expect(again.getByLabel('pengelola kata sandi yang terkunci')).toBeChecked();
  await next(again);
  await order(again, ['Pindahkan aplikasi kode', 'Simpan kode pemulihan di rumah', 'Kosongkan telepon lama']);
  await next(again);
  await next(again);
  await again.getByLabel(/^Jawaban Anda/).fill('30');
  await next(again);
  await handIn(again);
  await expect(again.getByRole('heading', { name: /^Lulus, 66% benar/ })).toBeVisible();

  await openChapter(again, 'Mengenali penipuan');
  await again.getByRole('button', { name: 'Selesai, lanjut' }).click();
  await openChapter(again, EVALUATION);
  await again.getByRole('button', { name: 'Mulai evaluasi' }).click();
  await again.getByLabel('Menolak, menutup telepon').check();
  await next(again);
  for (const sign of ['mendesak', 'meminta kode atau PIN', 'alamat yang berbeda']) await again.getByLabel(sign).check();
  await next(again);
  await order(again, ['Berhenti', 'Periksa', 'Hubungi']);
  await handIn(again);
  await expect(again.getByText(/^Jawaban tersegel/)).toBeVisible();

  await openChapter(again, TASK);
  const script = { name: 'rencana.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<script>') };
  await again.getByLabel('Berkas PDF').setInputFiles(script);
  await expect(again.getByText('Berkas ini bukan PDF.')).toBeVisible();
  const buffer = Buffer.from(`%PDF-1.7\n${'a'.repeat(300_000)}`);
  await again.getByLabel('Berkas PDF').setInputFiles({ ...script, buffer });
  await expect(again.getByText('tersimpan di perangkat')).toBeVisible();
  await again.getByLabel('Catatan untuk penilai').fill('Mulai pekan ini.');
  await again.getByRole('button', { name: 'Serahkan tugas' }).click();
  await expect(again.getByText('rencana.pdf')).toBeVisible();
  await expect(again.locator('main [data-state="waiting"]').first()).toBeVisible();
});

test('with the server back she is graded, her file arrives, and another device of hers sees it', async () => {
  await stage.server.start();
  const page = await pageOf(stage.browser.context);
  await expect(page.getByText(/^Diterima /)).toBeVisible({ timeout: 60_000 });
  await openChapter(page, EVALUATION);
  await expect(page.getByText('Lulus, 100% benar')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Mulai evaluasi' })).toHaveCount(0);

  const other: TestBrowser = await testBrowser();
  try {
    const second = await pageOf(other.context);
    await signIn(second, stage.server.origin, 'guru');
    await second.goto(`${stage.server.origin}${course}`);
    await second.getByLabel('PIN', { exact: true }).fill('739164');
    await second.getByRole('button', { name: 'Buka', exact: true }).click();
    for (const title of [EVALUATION, TASK])
      await expect(second.locator('li.done', { hasText: title })).toBeVisible({ timeout: 30_000 });
  } finally {
    await other.dispose();
  }
});
