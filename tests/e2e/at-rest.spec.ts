import { expect, test, type Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { pageOf, signIn, unlock } from './support/person.ts';
import { testStage } from './support/stage.ts';

/** The account name is a word that is in no text of the app itself. */
const ACCOUNT = 'perawat';
const PERSON = 'Nurlela Zuraida';
const UNIT = 'Puskesmas Serasan';
const POST = `Ambulans laut kandas di muara ${randomUUID()}`;
const DRAFT = `Konsep yang belum dikirim ${randomUUID()}`;
/** Written to the disk in the open on purpose: if the search does not find this, it proves nothing. */
const CONTROL = `terbuka-${randomUUID()}`;

/** The browser's own password store: it asks the person, and no form can forbid it to note whom it asked about. */
const PASSWORDS = /^perawat in Default\/Login Data/;

declare function tellTokens(grant: unknown): Promise<void>;

const stage = testStage();

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

/** Where the words stand on the disk, in any of the encodings that a browser writes text in. */
async function findings(folder: string, words: string[]): Promise<string[]> {
  const needles = words.flatMap((word) => {
    const wide = Buffer.from(word, 'utf16le');
    return [Buffer.from(word), wide, Buffer.from(wide).swap16()].map((bytes) => ({ word, bytes }));
  });
  const found: string[] = [];
  for (const file of await filesIn(folder)) {
    const content = await readFile(file);
    for (const { word, bytes } of needles)
      if (content.includes(bytes)) found.push(`${word} in ${path.relative(folder, file)}`);
  }
  return [...new Set(found)];
}

/**
 * The tokens that the page is given, as they come. The page itself tells of them: the browser's debugger now and then
 * has the body of an answer no more, and to route the requests would turn off the HTTP cache that is searched here.
 */
async function tokensOf(page: Page): Promise<string[]> {
  const tokens: string[] = [];
  await page.exposeFunction('tellTokens', (grant: { access: string; refresh: string }) => {
    tokens.push(grant.access, grant.refresh);
  });
  await page.addInitScript(() => {
    const { fetch } = window;
    window.fetch = async (...request) => {
      const response = await fetch(...request);
      if (new URL(response.url).pathname.startsWith('/api/session') && response.ok)
        await tellTokens(await response.clone().json());
      return response;
    };
  });
  return tokens;
}

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
    const link = page.locator('main a[href^="/courses/"]').first();
    course = ((await link.innerText()).split('\n')[0] ?? '').trim();
    await link.click();
    await page.getByRole('button', { name: /^Unduh/ }).click();
    await expect(page.getByText('Tersimpan di perangkat')).toBeVisible();
    await page.getByRole('link', { name: 'Mulai belajar' }).click();
    await expect(page.locator('article.chapter')).not.toBeEmpty();
    await go(page, 'Profil');
    await expect(page.getByText(PERSON).first()).toBeVisible();
    await expect(page.getByText(UNIT).first()).toBeVisible();
    await page.getByRole('button', { name: 'Menu' }).click();
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
    const canaries = [ACCOUNT, PERSON, UNIT, POST, DRAFT, feedText, course, ...secrets];
    const found = await findings(stage.browser.profile, canaries);
    expect(found.filter((finding) => !PASSWORDS.test(finding))).toEqual([]);
  });
});
