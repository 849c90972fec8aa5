import { expect, test, type Page } from '@playwright/test';
import { readFile, writeFile } from 'node:fs/promises';
import { newPost } from '../../src/lib/domain/documents/compose.ts';
import { expectAccessible } from './support/accessible.ts';
import { cameraOf, codeOn, film, type Shown } from './support/camera.ts';
import { testBrowser, type TestBrowser } from './support/browser.ts';
import { copiesOf } from './support/database.ts';
import { pageOf, personOf, signIn } from './support/person.ts';
import { writeElsewhere } from './support/second-device.ts';
import { testServer, type TestServer } from './support/server.ts';

const ACCOUNT = 'guru';
const NOTE = 'paket tersegel menunggu sinyal';

let server: TestServer;
let kiosk: TestBrowser;
let other: TestBrowser;

/** What the camera of the other browser sees. */
const camera = (): string => test.info().outputPath('camera.y4m');

/** The codes that a page shows one after the other. */
async function codesOn(page: Page): Promise<Shown[]> {
  const codes: Shown[] = [];
  const picture = page.getByRole('img', { name: /^Kode \d+ dari \d+$/ });
  await page.getByRole('button', { name: 'Jeda' }).click();
  const total = Number((await picture.getAttribute('aria-label'))?.split(' ').at(-1));
  for (let at = 0; at < total; at += 1) {
    codes.push(await codeOn(picture));
    await page.getByRole('button', { name: 'Kode berikutnya' }).click();
  }
  return codes;
}

test.beforeEach(async () => {
  server = await testServer();
  await server.start();
  kiosk = await testBrowser();
  other = await testBrowser({ args: cameraOf(camera()) });
});

test.afterEach(async () => {
  await kiosk?.dispose();
  await other?.dispose();
  await server?.dispose();
});

/** Signs in and waits until this device can do without the server: the app is kept, and it knows whom to seal to. */
async function signInToLeave(page: Page): Promise<void> {
  const registered = page.waitForResponse((answer) => answer.url().endsWith('/api/parcels/device') && answer.ok());
  await signIn(page, server.origin, ACCOUNT);
  await registered;
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
}

async function post(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Tulis', exact: true }).first().click();
  await page.getByRole('dialog').getByLabel('Isi').fill(text);
  await page.getByRole('button', { name: 'Kirim', exact: true }).click();
  await expect(page.locator('article', { hasText: text }).locator('[data-state="waiting"]')).toBeVisible();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('button', { name: /^Keluar/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Keluar', exact: true }).click();
}

/** Asks on that page whether a parcel has arrived. */
async function expectStatus(page: Page, number: string, state: string): Promise<void> {
  await page.goto(`${server.origin}/parcels#${number}`);
  await page.reload();
  await expect(page.locator(`[data-parcel="${state}"]`)).toBeVisible();
}

const textsOf = async (person: string): Promise<unknown[]> =>
  (await copiesOf(server.data, person, 'channel-')).map(({ text }) => text);

test('who leaves without a link leaves a sealed parcel, which survives a kill and is delivered without her', async () => {
  const text = 'Rapat desa dipindah ke hari Kamis.';
  const page = await pageOf(kiosk.context);
  const person = await personOf(server.origin, ACCOUNT);
  await signInToLeave(page);
  await server.kill();
  await post(page, text);

  await signOut(page);
  await expect(page.getByRole('heading', { name: 'Anda sudah keluar' })).toBeVisible();
  await expect(page.getByRole('img', { name: 'Kode QR' })).toBeVisible();
  await expectAccessible(page);
  const number = (await page.locator('[data-number]').getAttribute('data-number')) ?? '';
  expect(number).toMatch(/^[0-9A-Z]{18}$/);
  await kiosk.crash();
  await kiosk.reopen();

  const again = await pageOf(kiosk.context);
  await again.goto(`${server.origin}/feed`);
  await expect(again.getByLabel('Akun')).toBeVisible();
  await expect(again.getByText(NOTE)).toBeVisible();
  const left = await again.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  expect(left.filter((name) => name?.includes('own'))).toEqual([]);

  await server.start();
  await expect(again.getByText(NOTE)).toBeHidden();
  await expect.poll(() => textsOf(person)).toContain(text);
  await expectStatus(again, number, 'arrived');

  const home = await pageOf(other.context);
  await signIn(home, server.origin, ACCOUNT);
  await expect(home.locator('article', { hasText: text }).locator('[data-state="delivered"]')).toBeVisible();
  await home.getByRole('link', { name: 'Profil', exact: true }).first().click();
  await expect(home.getByText('Paket tersegel Anda dibuka server, isinya 1')).toBeVisible();
});

test('a parcel is carried by hand to a browser where nobody is signed in, news come back, and the network brings the same', async () => {
  const news = 'Kapal perintis berangkat hari Sabtu.';
  const text = 'Perahu puskesmas rusak, mohon bantuan.';
  const page = await pageOf(kiosk.context);
  const person = await personOf(server.origin, ACCOUNT);
  await signInToLeave(page);
  const carrier = await pageOf(other.context);
  await carrier.goto(`${server.origin}/parcels`);
  await carrier.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  // From here on the traveller hears nothing but what is brought to her.
  await kiosk.context.setOffline(true);
  await writeElsewhere(server.origin, 'perawat', [newPost('nasional', 'berita', news)]);
  const colleague = await personOf(server.origin, 'perawat');
  await expect.poll(() => textsOf(colleague)).toContain(news);
  await server.kill();
  await post(page, text);

  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('link', { name: 'Sinkronisasi' }).click();
  await page.getByRole('button', { name: 'Titipkan' }).click();
  const number = (await page.locator('[data-number]').getAttribute('data-number')) ?? '';
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Simpan berkas' }).click();
  const file = test.info().outputPath('titipan.paket');
  await (await saving).saveAs(file);
  const broken = test.info().outputPath('rusak.paket');
  const bytes = await readFile(file);
  await writeFile(broken, bytes.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1));

  await test.step('the colleague’s camera reads the codes on the screen, and is off afterwards', async () => {
    await page.getByRole('button', { name: 'Tampilkan kode QR' }).click();
    await film(camera(), await codesOn(page));
    await expectAccessible(page);
    await carrier.getByRole('button', { name: 'Pindai kode' }).click();
    const sheet = carrier.getByRole('dialog', { name: 'Pindai paket' });
    await expect(sheet.getByText(/^\d dari \d$/)).toBeVisible();
    await expectAccessible(carrier);
    await expect(sheet.getByText('1 paket diterima')).toBeVisible();
    await expect(sheet.locator('video')).toHaveCount(0);
    await sheet.getByRole('button', { name: 'Tutup' }).last().click();
    await expect(carrier.getByText('Menunggu sinyal', { exact: true })).toHaveCount(1);
  });

  await carrier.getByLabel('Terima berkas paket').setInputFiles([file, broken]);
  await expect(carrier.getByText('2 paket diterima')).toBeVisible();
  await other.crash();
  await other.reopen();
  const later = await pageOf(other.context);
  await later.goto(`${server.origin}/parcels`);
  await expect(later.getByText('Menunggu sinyal', { exact: true })).toHaveCount(2);
  await expectAccessible(later);

  await server.start();
  await expect(later.getByText('rusak atau diubah di jalan')).toBeVisible();
  await expect(later.getByText('Menunggu sinyal', { exact: true })).toHaveCount(0);
  const back = test.info().outputPath('kabar.paket');
  await test.step('the carrier keeps news that only the traveller can read', async () => {
    await expect(
      later.getByText(`Untuk nomor tanda terima ${number.slice(0, 3)}-${number.slice(3, 6)}-…`)
    ).toBeVisible();
    await expectAccessible(later);
    const fetched = later.waitForEvent('download');
    await later.getByRole('button', { name: 'Simpan berkas' }).click();
    await (await fetched).saveAs(back);
    await later.getByLabel('Terima berkas paket').setInputFiles(back);
    await expect(later.getByText('Masuk atau buka kunci dulu')).toBeVisible();
  });
  await expectStatus(later, number, 'arrived');
  await server.kill();

  await test.step('the traveller reads them without a signal, and what became of her own post', async () => {
    await page.getByRole('button', { name: 'Tutup' }).click();
    await page.getByRole('link', { name: 'Terima paket atau periksa nomor' }).click();
    const sealed = await readFile(back);
    await writeFile(broken, sealed.with(sealed.length - 1, (sealed.at(-1) ?? 0) ^ 1));
    await page.getByLabel('Terima berkas paket').setInputFiles(broken);
    await expect(page.getByText('rusak atau diubah di jalan')).toBeVisible();
    await page.getByLabel('Terima berkas paket').setInputFiles(back);
    await expect(page.getByText(/^Kabar sampai .* sudah masuk/)).toBeVisible();
    await page.getByLabel('Terima berkas paket').setInputFiles(back);
    await expect(page.getByText('sudah lebih baru')).toBeVisible();
    await page.getByRole('link', { name: 'Beranda', exact: true }).first().click();
    await expect(page.locator('article', { hasText: news })).toBeVisible();
    await expect(page.locator('article', { hasText: text }).locator('[data-state="delivered"]')).toHaveCount(1);
  });

  await server.start();
  await kiosk.context.setOffline(false);
  await expect(page.locator('article', { hasText: text }).locator('[data-state="delivered"]')).toHaveCount(1);
  await expect.poll(async () => (await textsOf(person)).filter((one) => one === text)).toHaveLength(1);
});

test('with a link the work is sent before the place goes, and what would be lost is said first', async () => {
  const page = await pageOf(kiosk.context);
  await signInToLeave(page);
  await page.getByRole('button', { name: 'Tulis', exact: true }).first().click();
  await page.getByRole('dialog').getByLabel('Isi').fill('Belum selesai: daftar hadir');
  await page.getByRole('button', { name: 'Tutup' }).click();
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('button', { name: /^Keluar/ }).click();
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByText('1 hal tidak dapat dikirim')).toBeVisible();
  await expect(sheet.getByText('Belum selesai: daftar hadir')).toBeVisible();
  await sheet.getByRole('button', { name: 'Keluar dan buang' }).click();
  await expect(page.getByLabel('Akun')).toBeVisible();
  await expect(page.getByText(NOTE)).toBeHidden();
});
