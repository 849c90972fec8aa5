import { expect, test, type Page } from '@playwright/test';
import { newPost } from '../../src/lib/domain/documents/compose.ts';
import { violationsOn } from './support/accessible.ts';
import { PASSWORD, pageOf, PIN } from './support/person.ts';
import { writeElsewhere } from './support/second-device.ts';
import { testStage } from './support/stage.ts';

const PHONE = { width: 360, height: 740 };
const COURSE = 'Air Bersih dan Sanitasi Sekolah';

const stage = testStage();

/**
 * Makes the window as tall as the page: what is under the bars at the edges can be scrolled out from under them, unless
 * it is the end of the page, and that this shows.
 */
async function wholePage(page: Page): Promise<void> {
  await page.setViewportSize(PHONE);
  for (const round of ['drawn', 'grown'])
    await test.step(round, async () => {
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewportSize({ width: PHONE.width, height });
    });
}

/** What is against the standard on this screen, in light and in dark: one line for each element. */
async function faults(page: Page): Promise<string[]> {
  const found: string[] = [];
  await wholePage(page);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    found.push(...(await violationsOn(page)).map((one) => `${colorScheme}: ${one}`));
  }
  await page.setViewportSize(PHONE);
  return found;
}

const check = (name: string, page: Page, arrive: () => Promise<void>) =>
  test.step(name, async () => {
    await arrive();
    expect.soft(await faults(page), name).toEqual([]);
  });

const heading = (page: Page, name: string | RegExp) =>
  expect(page.getByRole('heading', { level: 1, name })).toBeVisible();

test('no screen has anything against WCAG 2.2 AA, in light and in dark', async () => {
  // Every screen of the app, each looked at twice.
  test.setTimeout(360_000);
  const page = await pageOf(stage.browser.context);

  await check('sign-in', page, async () => {
    await page.goto(`${stage.server.origin}/feed`);
    await expect(page.getByLabel('Akun')).toBeVisible();
  });
  await check('sign-in refused', page, async () => {
    await page.getByLabel('Akun').fill('guru');
    await page.getByLabel('Kata sandi', { exact: true }).fill('salah sekali');
    await page.getByRole('button', { name: 'Masuk', exact: true }).click();
    await expect(page.getByText('Akun atau kata sandi salah.')).toBeVisible();
  });
  await check('choosing a PIN', page, async () => {
    await page.getByLabel('Kata sandi', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Masuk', exact: true }).click();
    await page.getByLabel('PIN baru').fill(PIN);
    await expect(page.getByText('Cukup kuat')).toBeVisible();
  });
  await check('name of the place', page, async () => {
    await page.getByLabel('Ulangi PIN').fill(PIN);
    await page.getByRole('button', { name: 'Pakai PIN ini' }).click();
    await heading(page, 'Tempat Anda di perangkat ini');
  });
  await check('feed', page, async () => {
    await page.getByRole('button', { name: 'Mulai' }).click();
    await expect(page.locator('article').first()).toBeVisible();
  });
  await check('menu', page, async () => {
    await page.getByRole('button', { name: 'Menu' }).click();
    await expect(page.getByRole('button', { name: /^Ganti orang/ })).toBeVisible();
  });
  await check('her place on this browser', page, async () => {
    await page.getByRole('button', { name: /^Tempat Anda/ }).click();
    await expect(page.getByRole('switch', { name: /Tampilkan nama saya/ })).toBeVisible();
  });
  await check('composer', page, async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Tutup' }).click();
    await page.getByRole('button', { name: 'Tulis', exact: true }).first().click();
    await page.getByRole('dialog').getByLabel('Isi').fill('Air sumur kembali jernih.');
  });
  await check('feed with an own post', page, async () => {
    await page.getByRole('button', { name: 'Kirim', exact: true }).click();
    await expect(page.locator('article [data-state="delivered"]')).toBeVisible();
  });
  await check('post', page, async () => {
    await page.locator('article a.open').nth(1).click();
    await heading(page, 'Kabar');
    await expect(page.getByLabel('Tanggapan Anda')).toBeVisible();
  });
  await check('courses', page, async () => {
    await page.getByRole('link', { name: 'Belajar', exact: true }).first().click();
    await expect(page.getByRole('link', { name: COURSE }).first()).toBeVisible();
  });
  await check('ready for the field', page, async () => {
    await page.getByRole('link', { name: 'Siap ke lapangan' }).click();
    await expect(page.getByRole('button', { name: /^Ambil semua/ })).toBeVisible();
  });
  await check('storage', page, async () => {
    await page.getByRole('link', { name: 'Belajar', exact: true }).first().click();
    await page.getByRole('link', { name: 'Ruang simpan' }).click();
    await expect(page.getByText('Belum ada unduhan')).toBeVisible();
    await page.getByRole('link', { name: 'Kembali' }).click();
  });
  await check('learning record', page, async () => {
    await page.getByRole('link', { name: 'Catatan belajar' }).click();
    await expect(page.locator('[data-record="xapi"]')).toBeVisible();
  });
  await check('certificates', page, async () => {
    await page.getByRole('link', { name: 'Sertifikat', exact: true }).click();
    await heading(page, 'Sertifikat');
  });
  await check('checking a certificate', page, async () => {
    await page.getByRole('link', { name: 'Periksa sertifikat' }).click();
    await heading(page, 'Periksa sertifikat');
    await page.getByLabel('Kode atau nomor').fill('SA-2026-00000-00001');
    await page.getByRole('button', { name: 'Periksa', exact: true }).click();
    await expect(page.locator('[data-verdict]')).toBeVisible();
  });
  await check('course', page, async () => {
    await page.getByRole('link', { name: 'Belajar', exact: true }).first().click();
    await page.getByRole('link', { name: COURSE }).first().click();
    await heading(page, COURSE);
  });
  await check('course on the device', page, async () => {
    await page.getByRole('button', { name: /^Unduh/ }).click();
    await expect(page.getByRole('link', { name: 'Mulai belajar' })).toBeVisible();
  });
  await check('reader', page, async () => {
    await page.getByRole('link', { name: 'Mulai belajar' }).click();
    await expect(page.locator('article.chapter')).not.toBeEmpty();
  });
  await check('profile', page, async () => {
    await page.getByRole('link', { name: 'Profil', exact: true }).first().click();
    await expect(page.getByText('Sumber: BKN').first()).toBeVisible();
  });
  await check('security', page, async () => {
    await page.getByRole('link', { name: 'Keamanan akun' }).click();
    await expect(page.getByText('Perangkat ini')).toBeVisible();
  });
  await check('changing the password', page, async () => {
    await page.getByRole('button', { name: 'Ganti kata sandi' }).click();
    await page.getByRole('button', { name: 'Simpan kata sandi' }).click();
    await expect(page.getByText(/^Terlalu pendek/)).toBeVisible();
  });
  await check('forgotten password', page, async () => {
    await page.getByRole('button', { name: 'Lupa kata sandi?' }).click();
    await expect(page.getByLabel('Kode dari petugas')).toBeVisible();
  });
  await check('second code', page, async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Nyalakan kode kedua' }).click();
    await page.getByRole('dialog').getByLabel('Kata sandi', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Lanjut' }).click();
    await expect(page.getByRole('img', { name: 'Kode QR untuk aplikasi autentikator' })).toBeVisible();
  });
  await check('person', page, async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Kembali' }).click();
    await page.getByRole('link', { name: 'Lihat seperti rekan melihatnya' }).click();
    await heading(page, 'Rekan');
    await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
  });
  await check('sync with nothing waiting', page, async () => {
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('link', { name: 'Sinkronisasi' }).click();
    await heading(page, 'Sinkronisasi');
  });
  await check('sync with something refused', page, async () => {
    await writeElsewhere(stage.server.origin, 'guru', [newPost('ruang-lain', 'cerita', 'Salah ruang.')]);
    await expect(page.getByRole('heading', { name: 'Ditolak (1)' })).toBeVisible();
  });
  await check('asking about a refusal', page, async () => {
    await page.getByRole('button', { name: 'Tanyakan' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
  });
  await check('sync with something waiting', page, async () => {
    await page.getByRole('dialog').getByRole('button', { name: 'Tutup' }).click();
    await stage.server.kill();
    await page.getByRole('link', { name: 'Beranda', exact: true }).first().click();
    await page.getByRole('button', { name: 'Tulis', exact: true }).first().click();
    await page.getByRole('dialog').getByLabel('Isi').fill('Menunggu kapal perintis.');
    await page.getByRole('button', { name: 'Kirim', exact: true }).click();
    await expect(page.locator('article [data-state="waiting"]')).toBeVisible();
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('link', { name: 'Sinkronisasi' }).click();
    await expect(page.getByRole('heading', { name: /Menunggu sinyal/ })).toBeVisible();
  });
  await check('lock screen', page, async () => {
    await page.getByRole('button', { name: /^Kunci/ }).click();
    await heading(page, 'Terkunci');
  });
  await check('lock screen after a wrong PIN', page, async () => {
    await page.getByLabel('PIN', { exact: true }).fill('281504');
    await page.getByRole('button', { name: 'Buka', exact: true }).click();
    await expect(page.getByText('PIN salah. Coba lagi.')).toBeVisible();
  });
  await check('removing a place', page, async () => {
    await page.getByRole('button', { name: 'Hapus tempat ini' }).click();
    await expect(page.getByRole('dialog', { name: 'Hapus tempat ini?' })).toBeVisible();
  });
});
