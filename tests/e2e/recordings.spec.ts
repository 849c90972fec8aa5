import { expect, test } from '@playwright/test';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { smartasn } from './support/command.ts';
import { pageOf, PIN, signIn } from './support/person.ts';
import { testStage } from './support/stage.ts';

const RECORDING = '../shared/data/audio/a-shared-culture.mp3';
const PDF_PARTS = 2;

const stage = testStage();

if (existsSync(RECORDING))
  test('a recording and a document are taken along, heard and read with the server dead, the place is kept', listen);
else console.warn(`Not tested: ${RECORDING} is not beside this project.`);

async function listen(): Promise<void> {
  const page = await pageOf(stage.browser.context);
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  const folder = await mkdtemp(path.join(os.tmpdir(), 'smartasn-pdf-'));
  const document = path.join(folder, 'pedoman.pdf');
  await page.setContent('<title>Pedoman loket</title><h1>Pedoman loket</h1><p>Sapa setiap warga.</p>');
  await page.pdf({ path: document, format: 'A5' });
  await smartasn(stage.server.data, 'course', 'import', RECORDING);
  await smartasn(stage.server.data, 'course', 'import', document);
  await rm(folder, { recursive: true });

  await signIn(page, stage.server.origin, 'guru');
  for (const title of ['A Shared Culture', 'Pedoman loket']) {
    await page.getByRole('link', { name: 'Belajar', exact: true }).first().click();
    await page
      .getByRole('link', { name: new RegExp(title, 'i') })
      .first()
      .click();
    await page
      .getByRole('button', { name: /^Unduh/ })
      .first()
      .click();
    await expect(page.getByRole('heading', { name: 'Tersimpan di perangkat' })).toBeVisible();
  }
  // What opens a PDF comes to the device with the first course that needs it.
  await page.waitForFunction(async (count) => {
    const kept = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return kept.flat().filter(({ url }) => url.includes('/assets/pdf.')).length >= count;
  }, PDF_PARTS);
  await stage.server.kill();

  await page.getByRole('link', { name: 'Mulai belajar' }).click();
  await expect(page.getByRole('group', { name: 'Halaman 1' })).toContainText('Sapa setiap warga.');

  await page.getByRole('link', { name: 'Belajar', exact: true }).first().click();
  await page
    .getByRole('link', { name: /a shared culture/i })
    .first()
    .click();
  await page.getByRole('link', { name: 'Mulai belajar' }).click();
  await page.getByRole('button', { name: 'Putar' }).click();
  await expect(page.getByText('0:02', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Maju 30 detik' }).click();
  await page.getByRole('button', { name: 'Jeda' }).click();
  const place = page.getByRole('slider', { name: 'Posisi dalam rekaman' });
  const heard = Number(await place.inputValue());
  expect(heard).toBeGreaterThan(30);
  await page.getByRole('button', { name: /^Kunci / }).click();
  await page.getByLabel('PIN', { exact: true }).fill(PIN);
  await page.getByRole('button', { name: 'Buka', exact: true }).click();
  await expect(async () => expect(Math.abs(Number(await place.inputValue()) - heard)).toBeLessThan(3)).toPass();

  await place.focus();
  await page.keyboard.press('End');
  await page.getByRole('button', { name: 'Putar' }).click();
  await expect(page.locator('[data-state=waiting]').first()).toBeVisible();
  await stage.server.start();
  await expect(page.locator('[data-state=delivered]').first()).toBeVisible();
  expect(errors).toEqual([]);
}
