import { expect, test } from '@playwright/test';
import { testBrowser, type TestBrowser } from './support/browser.ts';
import { pageOf, PIN, signIn } from './support/person.ts';
import { testServer, type TestServer } from './support/server.ts';

const POSTS = 25;

let server: TestServer;
let teacher: TestBrowser;

test.beforeAll(async () => {
  server = await testServer();
  await server.start();
  teacher = await testBrowser();
});

test.afterAll(async () => {
  await teacher?.dispose();
  await server?.dispose();
});

test('who writes faster than the server answers sees each post once, and the sheet closes every time', async () => {
  const page = await pageOf(teacher.context);
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await signIn(page, server.origin, 'guru');
  await expect(page.locator('article').nth(5)).toBeVisible();
  const texts = Array.from({ length: POSTS }, (_, number) => `Kabar perahu nomor ${number} sudah tiba.`);
  for (const text of texts) {
    await page.getByRole('button', { name: 'Tulis' }).first().click();
    await page.getByRole('textbox', { name: 'Isi' }).fill(text);
    await page.locator('dialog[open] button[type=submit]').click();
    await expect(page.locator('dialog[open]')).toHaveCount(0);
    await expect(page.locator('article').first()).toContainText(text);
    expect(await page.locator('article').filter({ hasText: text }).count()).toBe(1);
  }
  const [first, last] = [texts[0] ?? '', texts.at(-1) ?? ''];
  await expect(page.locator('article').filter({ hasText: last }).locator('[data-state=delivered]')).toBeVisible();
  await page.reload();
  await page.getByLabel('PIN', { exact: true }).fill(PIN);
  await page.getByRole('button', { name: 'Buka', exact: true }).click();
  await expect(page.locator('article').first()).toContainText(last);
  await expect(async () => {
    await page.mouse.wheel(0, 2_000);
    expect(await page.locator('article').filter({ hasText: first }).count()).toBe(1);
  }).toPass();
  expect(errors).toEqual([]);
});
