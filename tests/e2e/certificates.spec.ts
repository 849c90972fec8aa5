import { expect, test, type Page } from '@playwright/test';
import { mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { testBrowser, type TestBrowser } from './support/browser.ts';
import { smartasn } from './support/command.ts';
import { pageOf, signIn } from './support/person.ts';
import { testStage } from './support/stage.ts';

const stage = testStage();
const TITLE = 'Menyeberang dengan Selamat';
const COURSE = `---
title: ${TITLE}
hours: 2
publisher: Dinas Perhubungan Kabupaten Asmat
competencies: { pelayanan-publik: 2 }
study: { certificate: true }
---

# Sebelum berangkat

Periksa pelampung dan cuaca.

# Di atas air

Duduk rendah, jangan berdiri.
`;

let stranger: TestBrowser;
test.beforeAll(async () => {
  stranger = await testBrowser();
});
test.afterAll(async () => stranger?.dispose());

const publish = async (data: string): Promise<void> => {
  const file = path.join(await mkdtemp(path.join(os.tmpdir(), 'smartasn-course-')), 'menyeberang.md');
  await writeFile(file, COURSE);
  await smartasn(data, 'course', 'import', file);
};

const verdict = (page: Page) => page.locator('[data-verdict]');

test('a course finished offline brings a certificate, which a stranger checks with the server dead', async () => {
  const { server, browser } = stage;
  const page = await pageOf(browser.context);
  await publish(server.data);
  await signIn(page, server.origin, 'guru');
  await page.getByRole('link', { name: 'Belajar', exact: true }).first().click();
  await page.getByLabel('Cari kursus').fill(TITLE);
  await page.getByRole('link', { name: TITLE }).click();
  const card = page.locator('[data-certificate]');
  await expect(card).toHaveAttribute('data-certificate', 'promised');
  await page.getByRole('button', { name: /^Unduh/ }).click();
  await page.getByRole('link', { name: 'Mulai belajar' }).waitFor();

  await test.step('an unknown browser opens the page once, and keeps what it needs', async () => {
    const other = await pageOf(stranger.context);
    await other.goto(`${server.origin}/verify`);
    await expect(other.getByRole('heading', { level: 1, name: 'Periksa sertifikat' })).toBeVisible();
    await other.evaluate(() => navigator.serviceWorker.ready);
    await expect.poll(() => other.evaluate(() => localStorage.getItem('smartasn-issuer'))).toContain('"keys"');
  });

  await test.step('with the server dead she finishes the course, and its certificate is waited for', async () => {
    await server.kill();
    await page.getByRole('link', { name: 'Mulai belajar' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Sebelum berangkat' })).toBeVisible();
    await page.getByRole('button', { name: 'Selesai, lanjut' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Di atas air' })).toBeVisible();
    await page.getByRole('button', { name: 'Selesai, lanjut' }).click();
    await expect(page.getByRole('button', { name: 'Selesai, lanjut' })).toHaveCount(0);
    await page.getByRole('link', { name: 'Kembali' }).click();
    await expect(card).toHaveAttribute('data-certificate', 'waiting');
  });

  const address = await test.step('the server is back: the certificate arrives by itself', async () => {
    await server.start();
    await expect(card).toHaveAttribute('data-certificate', 'earned');
    await page.getByRole('link', { name: 'Buka sertifikat' }).click();
    const sheet = page.locator('.certificate-sheet');
    await expect(sheet.getByRole('heading', { name: TITLE })).toBeVisible();
    await expect(sheet.getByText(/SA-\d{4}-\w{5}-\w{5}/)).toBeVisible();
    await expect(sheet.getByRole('img', { name: 'Kode QR' })).toBeVisible();
    return (await page.getByRole('link', { name: 'Periksa' }).getAttribute('href')) ?? '';
  });

  await test.step('her record counts it', async () => {
    await page.getByRole('link', { name: 'Kembali' }).click();
    await page.getByRole('link', { name: 'Kembali' }).click();
    await page.getByRole('link', { name: 'Catatan belajar' }).click();
    await expect(page.locator('[data-record="jp"]')).toContainText('2 dari 20 JP');
    await expect(page.locator('[data-record="xapi"]')).toContainText('5 langkah');
  });

  await test.step('the stranger, whose server is dead, is told that it is genuine, and what was changed is not', async () => {
    await server.kill();
    await stranger.reopen();
    const other = await pageOf(stranger.context);
    await other.goto(server.origin + address);
    await expect(verdict(other)).toHaveAttribute('data-verdict', 'valid');
    await expect(verdict(other)).toContainText('Maria Yuliana Kaize');
    await expect(verdict(other)).toContainText('Tanpa sinyal, pencabutan hanya diketahui sampai');
    expect(new URL(other.url()).hash).toBe('');
    const credential = address.split('#')[1] ?? '';
    const at = credential.indexOf('.') + 40;
    const letter = credential[at] === 'A' ? 'B' : 'A';
    await other.getByLabel('Kode atau nomor').fill(credential.slice(0, at) + letter + credential.slice(at + 1));
    await other.getByRole('button', { name: 'Periksa', exact: true }).click();
    await expect(verdict(other)).not.toHaveAttribute('data-verdict', 'valid');
    await expect(verdict(other)).not.toContainText('Maria');
    await other.getByLabel('Kode atau nomor').fill('SA-2026-ABCDE-FGHJK');
    await other.getByRole('button', { name: 'Periksa', exact: true }).click();
    await expect(verdict(other)).not.toHaveAttribute('data-verdict', 'valid');
  });
});
