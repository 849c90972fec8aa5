import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { expect, test, type Page } from '@playwright/test';
import { testBrowser, type TestBrowser } from './support/browser.ts';
import { pageOf, signIn } from './support/person.ts';
import { testServer, type TestServer } from './support/server.ts';

const MP3 = path.resolve('../shared/data/audio/a-shared-culture.mp3');
const zipOf = (second: string): Uint8Array =>
  zipSync({
    'course.yml': strToU8('title: Sumur Sehat\nsummary: Menjaga air sumur.\n'),
    '01-awal.md': strToU8('# Awal\n\nSumur ditutup rapat.'),
    '02-akhir.md': strToU8(`# Akhir\n\n${second}`)
  });

let server: TestServer;
let publisher: TestBrowser;

test.beforeAll(async () => {
  server = await testServer();
  await server.start();
  publisher = await testBrowser();
});

test.afterAll(async () => {
  await publisher?.dispose();
  await server?.dispose();
});

const desk = (page: Page) => page.getByRole('heading', { level: 1, name: 'Meja penerbit' });

/** Brings a file to the desk, and opens the draft that it becomes. */
async function bring(page: Page, file: string, title: string): Promise<void> {
  await page.getByLabel('Pilih berkas').last().setInputFiles(file);
  const row = page.getByRole('link', { name: new RegExp(`^${title}.*Siap disunting`) });
  await expect(row).toBeVisible({ timeout: 30_000 });
  await row.click();
  await expect(page.getByLabel('Judul', { exact: true })).toHaveValue(title);
}

test('a publisher brings files, looks at them, publishes, follows with an edition and withdraws', async () => {
  const page = await pageOf(publisher.context);
  const folder = server.data;
  await signIn(page, server.origin, 'penerbit');
  await page.getByRole('link', { name: 'Belajar', exact: true }).first().click();
  await page.getByRole('link', { name: 'Meja penerbit' }).click();
  await expect(desk(page)).toBeVisible();

  // The real recording is not everywhere.
  if (existsSync(MP3))
    await test.step('a recording becomes a course', async () => {
      await bring(page, MP3, 'A shared culture');
      await page.getByLabel('Judul', { exact: true }).fill('Budaya Berbagi');
      await page.getByRole('button', { name: 'Terbitkan sekarang' }).click();
      await expect(page.getByRole('button', { name: /Budaya Berbagi/ })).toBeVisible();
    });

  await test.step('texts are previewed, edited and published', async () => {
    const file = path.join(folder, 'sumur.zip');
    await writeFile(file, zipOf('Air direbus.'));
    await bring(page, file, 'Sumur Sehat');
    await page.getByRole('button', { name: 'Naikkan Akhir' }).click();
    await page.getByRole('button', { name: 'Pratinjau' }).click();
    await expect(page.getByText('Air direbus.')).toBeVisible();
    await page.getByRole('link', { name: 'Kembali' }).click();
    await page.getByRole('button', { name: 'Terbitkan sekarang' }).click();
    await page.getByRole('button', { name: /Sumur Sehat/ }).click();
  });

  await test.step('a new edition keeps the course, and it can be withdrawn', async () => {
    const file = path.join(folder, 'sumur-baru.zip');
    await writeFile(file, zipOf('Air direbus lima menit.'));
    await page.getByRole('dialog').getByLabel('Pilih berkas').last().setInputFiles(file);
    await expect(page.getByRole('dialog').getByText('sumur-baru.zip')).toHaveCount(0);
    await page.keyboard.press('Escape');
    const row = page.getByRole('link', { name: /^Sumur Sehat.*Siap disunting/ });
    await row.click();
    await page.getByLabel('Apa yang berubah').fill('Lama merebus ditambahkan.');
    await page.getByRole('button', { name: 'Terbitkan sekarang' }).click();
    const course = page.getByRole('button', { name: /Sumur Sehat.*Edisi 2/ });
    await course.click();
    await page.getByRole('button', { name: 'Tarik kursus' }).click();
    await expect(page.getByText('Ditarik', { exact: true })).toBeVisible();
  });
});
