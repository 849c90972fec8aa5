import { expect, test, type Page } from '@playwright/test';
import { mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { epub } from '../../server/learning/epub/testing/book.ts';
import { describeSelf, newComment, newPost, showField } from '../../src/lib/domain/documents/compose.ts';
import type { OwnDocument } from '../../src/lib/domain/documents/index.ts';
import { SELF_FIELDS, type OwnProfile } from '../../src/lib/domain/documents/profile.ts';
import { HOSTILE, HOSTILE_XML } from '../support/hostile/index.ts';
import { smartasn } from './support/command.ts';
import { pageOf, personOf, signIn } from './support/person.ts';
import { writeElsewhere } from './support/second-device.ts';
import { testStage } from './support/stage.ts';

const CHANNEL = 'sd-kolf-braza';
const TOGETHER = HOSTILE.join('\n');
/** A title has one line. */
const TITLE = '<img src=x onerror=alert(1)>{{7*7}}\u202Efdp';

const stage = testStage();
const ran: string[] = [];

/** Everything that a text of the list would call, were it run. */
async function listen(page: Page): Promise<void> {
  page.on('dialog', (dialog) => {
    ran.push(dialog.message());
    void dialog.dismiss();
  });
  await page.exposeFunction('tellRun', (what: string) => ran.push(what));
  await page.addInitScript(() => {
    const tell = (what: string) => (window as unknown as { tellRun(what: string): void }).tellRun(what);
    for (const name of ['alert', 'confirm', 'prompt', 'print'] as const)
      window[name] = () => {
        tell(name);
        return null as never;
      };
  });
}

/** What stands in these places, as text; elements inside would be markup that was understood. */
async function textsIn(page: Page, places: string): Promise<string[]> {
  const found = await page
    .locator(places)
    .evaluateAll((elements) =>
      elements.map((element) => ({ text: element.textContent, children: element.querySelectorAll('*').length }))
    );
  expect(found.filter(({ children }) => children > 0)).toEqual([]);
  return found.map(({ text }) => text ?? '');
}

/** Everything on the page that could run or pretend: the app itself has nothing of the kind. */
const suspects = (page: Page) =>
  page.evaluate(() => {
    const odd = [...document.querySelectorAll('iframe, object, embed, base, form[action], body script, math, marquee')];
    const handlers = [...document.querySelectorAll('*')].filter((element) =>
      element.getAttributeNames().some((name) => name.startsWith('on') || name === 'srcdoc')
    );
    const links = [...document.querySelectorAll('a')].filter(
      ({ href, protocol }) => href && !/^https?:$/.test(protocol)
    );
    return [...odd, ...handlers, ...links]
      .map((element) => element.outerHTML.slice(0, 200))
      .filter((html) => !html.includes('sveltekit'));
  });

/** A person who describes herself with all of them, in every field, and shows it. */
function profileOf(person: string): OwnProfile {
  let profile = describeSelf(person, undefined, 'about', TOGETHER);
  for (const field of ['skills', 'languages', 'phone', 'email'] as const)
    profile = showField(person, describeSelf(person, profile, field, TOGETHER), field, 'agency');
  return profile;
}

async function publish(): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'smartasn-hostile-'));
  const xml = (text: string) =>
    text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r/g, '&#13;');
  const book = path.join(folder, '\u202Ekoob.epub');
  await writeFile(
    book,
    epub({
      metadata: `<dc:title>Buku ${xml(TITLE)}</dc:title><dc:language>id</dc:language>`,
      bodies: [`<h1>${xml(TITLE)}</h1>${HOSTILE_XML.map((text) => `<pre>${xml(text)}</pre>`).join('')}`]
    })
  );
  const fence = '~'.repeat(12);
  const plain = HOSTILE.filter((text) => !text.includes('\r'));
  const course = path.join(folder, '<img src=x onerror=alert(1)>.md');
  const code = plain.map((text) => `${fence}\n${text}\n${fence}`).join('\n\n');
  await writeFile(
    course,
    `---\ntitle: ${JSON.stringify(`Kursus ${TITLE}`)}\n---\n\n# Bab\n\n${code}\n\n${plain.join('\n\n')}\n`
  );
  for (const file of [book, course]) await smartasn(stage.server.data, 'course', 'import', file);
}

const read = async (page: Page, kind: 'Buku' | 'Kursus') => {
  await page.getByRole('link', { name: 'Belajar', exact: true }).first().click();
  await page.getByLabel('Cari kursus').fill(`${kind} <img`);
  await page.getByRole('link', { name: `${kind} <img` }).click();
  await page.getByRole('button', { name: /^Unduh/ }).click();
  await page.getByRole('link', { name: 'Mulai belajar' }).click();
  await expect(page.locator('article.chapter pre').first()).toBeVisible();
};

test('texts that want to run or deceive arrive as texts, everywhere, and nothing of them runs', async () => {
  const page = await pageOf(stage.browser.context);
  await listen(page);
  const { origin } = stage.server;
  const post = newPost(CHANNEL, 'cerita', TOGETHER);
  const [guru, rekan] = [await personOf(origin, 'guru'), await personOf(origin, 'rekan')];

  await test.step('a colleague writes them', async () => {
    await publish();
    const comments: OwnDocument[] = HOSTILE.map((text) => newComment(CHANNEL, post._id, text));
    await writeElsewhere(origin, 'guru', [post, ...comments, profileOf(guru)]);
    await writeElsewhere(origin, 'rekan', [profileOf(rekan)]);
  });

  await test.step('post and comments', async () => {
    await signIn(page, origin, 'rekan');
    await page.locator('article', { hasText: 'alert(1)' }).locator('a.open').click();
    await expect(page.locator('li[data-comment]')).toHaveCount(HOSTILE.length);
    // Comments of one millisecond stand in any order.
    expect((await textsIn(page, 'li[data-comment] p.text')).sort()).toEqual([...HOSTILE].sort());
    expect(await textsIn(page, 'main p.text >> nth=0')).toEqual([TOGETHER]);
    expect(await suspects(page)).toEqual([]);
  });

  await test.step('profiles', async () => {
    await page.getByRole('link', { name: 'Profil', exact: true }).first().click();
    await expect(page.locator('.row .value')).toHaveCount(SELF_FIELDS.length);
    expect(await textsIn(page, '.row .value')).toEqual(SELF_FIELDS.map(() => TOGETHER));
    await page.getByRole('button', { name: 'Ubah Tentang' }).click();
    await expect(page.getByRole('dialog').getByLabel('Tentang')).toHaveValue(TOGETHER.replace(/\r\n?/g, '\n'));
    await page.getByRole('dialog').getByRole('button', { name: 'Tutup' }).click();
    expect(await suspects(page)).toEqual([]);
    await page.getByRole('link', { name: 'Beranda', exact: true }).first().click();
    await page.locator(`a[href="/people/${guru}"]`).first().click();
    // A first round may still be bringing the colleagues.
    const told = async () => (await page.locator('main dd').allTextContents()).filter((text) => text === TOGETHER);
    await expect.poll(async () => (await told()).length).toBe(SELF_FIELDS.length);
    expect(await suspects(page)).toEqual([]);
  });

  await test.step('a book and a Markdown course', async () => {
    for (const [kind, texts] of [
      ['Buku', HOSTILE_XML],
      ['Kursus', HOSTILE.filter((text) => !text.includes('\r'))]
    ] as const) {
      await read(page, kind);
      const shown = await page.locator('article.chapter pre').evaluateAll((all) => all.map((pre) => pre.textContent));
      expect(shown).toEqual(texts);
      expect(await suspects(page)).toEqual([]);
    }
  });

  await test.step('nothing ran, and the watch would have noticed', async () => {
    expect(ran).toEqual([]);
    expect(stage.browser.violations).toEqual([]);
    const refused = await page.evaluate(() => {
      window.alert('control');
      new Image().src = 'https://evil.example/x.png';
      try {
        document.createElement('div').innerHTML = '<img src=x onerror=alert(1)>';
        return false;
      } catch {
        return true;
      }
    });
    expect(refused).toBe(true);
    const { violations } = stage.browser;
    await expect.poll(() => violations.some((one) => one.includes('img-src'))).toBe(true);
    await expect.poll(() => violations.some((one) => one.includes('require-trusted-types-for'))).toBe(true);
    await expect.poll(() => ran).toEqual(['alert']);
    violations.length = 0;
  });
});
