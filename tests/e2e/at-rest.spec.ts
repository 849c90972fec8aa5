import { expect, test, type Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { PASSWORD, pageOf, PIN, signIn, unlock } from './support/person.ts';
import { findings } from './support/search.ts';
import { testStage } from './support/stage.ts';
import { tokensOf } from './support/tokens.ts';

/** The account name is a word that is in no text of the app itself. */
const ACCOUNT = 'perawat';
const PERSON = 'Nurlela Zuraida';
const UNIT = 'Puskesmas Serasan';
const POST = `Ambulans laut kandas di muara ${randomUUID()}`;
const DRAFT = `Konsep yang belum dikirim ${randomUUID()}`;
/** Written to the disk in the open on purpose: if the search does not find this, it proves nothing. */
const CONTROL = `terbuka-${randomUUID()}`;

const stage = testStage();

const go = async (page: Page, place: 'Beranda' | 'Belajar' | 'Profil') => {
  await page.getByRole('link', { name: place, exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: place })).toBeVisible();
};

test('after use, lock and crash nothing of the person is readable in the profile of the browser', async () => {
  const page = await pageOf(stage.browser.context);
  const secrets = await tokensOf(page);
  let feedText = '';
  let course = '';

  await test.step('she reads, writes, studies and locks', async () => {
    await signIn(page, stage.server.origin, ACCOUNT);
    const first = page.locator('article a.open').first();
    await expect(first).toBeVisible();
    feedText = ((await first.innerText()).split('\n')[0] ?? '').trim().slice(0, 40);
    await page.getByRole('button', { name: 'Tulis', exact: true }).first().click();
    await page.getByRole('dialog').getByLabel('Isi').fill(POST);
    await page.getByRole('button', { name: 'Kirim', exact: true }).click();
    await expect(page.locator('article', { hasText: POST }).locator('[data-state="delivered"]')).toBeVisible();
    await go(page, 'Belajar');
    const link = page.getByRole('region', { name: 'Semua kursus' }).getByRole('link').first();
    course = ((await link.innerText()).split('\n')[0] ?? '').trim();
    await link.click();
    await page.getByRole('button', { name: /^Unduh/ }).click();
    await expect(page.getByText('Tersimpan di perangkat')).toBeVisible();
    await page.getByRole('link', { name: 'Mulai belajar' }).click();
    await expect(page.locator('article.chapter')).not.toBeEmpty();
    await go(page, 'Profil');
    await expect(page.getByText(PERSON).first()).toBeVisible();
    await expect(page.getByText(UNIT).first()).toBeVisible();
    await page.getByRole('button', { name: /^Kunci/ }).click();
    await expect(page.getByRole('heading', { name: 'Terkunci' })).toBeVisible();
  });

  await test.step('she comes back, has a draft open, and the browser is killed', async () => {
    await unlock(page, `${stage.server.origin}/feed`);
    await page.getByRole('button', { name: 'Tulis', exact: true }).first().click();
    await page.getByRole('dialog').getByLabel('Isi').fill(DRAFT);
    await page.evaluate(
      (name) =>
        new Promise<void>((resolve, reject) => {
          const request = indexedDB.open(name);
          request.onerror = () => reject(new Error(String(request.error)));
          request.onsuccess = () => {
            request.result.close();
            resolve();
          };
        }),
      CONTROL
    );
    // Leaving the page makes the browser write down what stood in its fields, to offer it after a crash.
    await page.goto(`about:blank#${CONTROL}`);
    await expect
      .poll(() => findings(path.join(stage.browser.profile, 'Default', 'Sessions'), [CONTROL]))
      .not.toEqual([]);
    await stage.browser.crash();
  });

  await test.step('the disk is searched', async () => {
    expect(secrets.length).toBeGreaterThanOrEqual(2);
    expect(feedText.length).toBeGreaterThan(10);
    expect(course.length).toBeGreaterThan(5);
    expect(await findings(stage.browser.profile, [CONTROL])).not.toEqual([]);
    const canaries = [ACCOUNT, PASSWORD, PIN, PERSON, UNIT, POST, DRAFT, feedText, course, ...secrets];
    expect(await findings(stage.browser.profile, canaries)).toEqual([]);
  });
});
