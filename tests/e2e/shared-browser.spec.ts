import { expect, test, type Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { pageOf } from './support/person.ts';
import { findings } from './support/search.ts';
import { lock, memoryOf, openPlace, placeOf, signInToo, switchPerson, type Sharer } from './support/shared.ts';
import { testStage } from './support/stage.ts';
import { tokensOf } from './support/tokens.ts';

const sharer = (account: string, name: string, pin: string): Sharer => ({ account, name, pin, mark: randomUUID() });

/** The account of the first is no word of the app itself, so that it can be searched. */
const PERSONS = [
  sharer('perawat', 'Nurlela Zuraida', '739164'),
  sharer('guru', '', '482915'),
  sharer('rekan', '', '615093'),
  sharer('kepegawaian', '', '907352'),
  sharer('penerbit', '', '358206')
];
const [NURSE, TEACHER] = PERSONS as [Sharer, Sharer];

/** Written to the disk in the open on purpose: if the search does not find these, it proves nothing. */
const CONTROL = {
  address: `alamat-${randomUUID()}`,
  record: `baris-${randomUUID()}`,
  local: `lokal-${randomUUID()}`,
  session: `sesi-${randomUUID()}`,
  cache: `singgahan-${randomUUID()}`
};

const stage = testStage();

/** A post, a comment, a line about herself and a draft; everything carries her mark. */
async function useApp(page: Page, { mark }: Sharer): Promise<void> {
  await page.getByRole('button', { name: 'Tulis', exact: true }).first().click();
  await page.getByRole('dialog').getByLabel('Isi').fill(`Kabar ${mark}`);
  await page.getByRole('button', { name: 'Kirim', exact: true }).click();
  const post = page.locator('article', { hasText: mark });
  await expect(post.locator('[data-state="delivered"]')).toBeVisible();
  await post.locator('a.open').click();
  await page.getByLabel('Tanggapan Anda').fill(`Tanggapan ${mark}`);
  await page.getByRole('button', { name: 'Kirim tanggapan' }).click();
  await expect(page.locator('li', { hasText: `Tanggapan ${mark}` })).toBeVisible();
  await page.getByLabel('Tanggapan Anda').fill(`Konsep ${mark}`);
  await page.getByRole('link', { name: 'Profil', exact: true }).first().click();
  await page.getByRole('button', { name: 'Ubah Keahlian' }).click();
  await page.getByRole('textbox', { name: 'Keahlian' }).fill(`Keahlian ${mark}`);
  await page.getByRole('button', { name: 'Simpan' }).click();
  await expect(page.getByText(`Keahlian ${mark}`)).toBeVisible();
}

/** Those of the words that the memory holds, each with what stands around it. */
const left = (memory: string, words: string[]): string[] =>
  words.flatMap((word) => {
    const at = memory.indexOf(word);
    return at < 0 ? [] : [memory.slice(Math.max(0, at - 60), at + 60)];
  });

/** Writes the controls where a careless app would have written. */
const writeControls = (page: Page) =>
  page.evaluate(async ({ record, local, session, cache }) => {
    localStorage.setItem('kontrol', local);
    sessionStorage.setItem('kontrol', session);
    await (await caches.open('kontrol')).put('/kontrol', new Response(`${'isi '.repeat(9000)}${cache}`));
    await new Promise<void>((resolve, reject) => {
      const open = indexedDB.open('kontrol');
      open.onupgradeneeded = () => open.result.createObjectStore('baris');
      open.onerror = () => reject(new Error(String(open.error)));
      open.onsuccess = () => {
        const write = open.result.transaction('baris', 'readwrite', { durability: 'strict' });
        // Long enough to be compressed.
        write.objectStore('baris').put({ text: `${'air bersih '.repeat(20_000)}${record}` }, 1);
        write.oncomplete = () => resolve();
      };
    });
  }, CONTROL);

test('of five persons on one browser nothing is readable: not on the disk, in memory, by the others or by going back', async () => {
  const { browser, server } = stage;
  const page = await pageOf(browser.context);
  const tokens = await tokensOf(page);
  const places: string[] = [];
  const secrets = () => [...PERSONS.map(({ mark }) => mark), NURSE.account, NURSE.name, ...tokens];
  const nothingOnDisk = async (when: string) =>
    test.step(`the disk ${when}`, async () => expect(await findings(browser.profile, secrets())).toEqual([]));
  const nothingHere = async (persons: Sharer[]) => {
    const seen = `${page.url()} ${await page.title()} ${await page.content()}`;
    for (const { mark } of persons) expect(seen).not.toContain(mark);
  };

  for (const [index, person] of PERSONS.entries())
    await test.step(`${person.account} signs in, writes and leaves`, async () => {
      if (index === 0) await page.goto(`${server.origin}/feed`);
      await signInToo(page, person);
      places.push(await placeOf(page));
      await useApp(page, person);
      if (index === 0) await lock(page);
      else await switchPerson(page);
      await nothingHere(PERSONS);
    });

  await test.step('in memory nothing is left while the place is locked', async () => {
    expect(await memoryOf(page)).toContain('Pakai akun lain');
    const words = [...PERSONS.map(({ mark }) => mark), ...tokens];
    // The browser takes away what nobody can reach when it likes.
    await expect.poll(async () => left(await memoryOf(page), words)).toEqual([]);
  });
  await nothingOnDisk('after use, lock and switch');

  await test.step('who opens her place finds it, with the server dead, and what she wrote is there', async () => {
    await server.kill();
    const began = Date.now();
    await openPlace(page, places[1] ?? '', TEACHER);
    await expect(page.getByText(`Keahlian ${TEACHER.mark}`)).toBeVisible();
    test.info().annotations.push({ type: 'switch, ms', description: String(Date.now() - began) });
    await expect(page.getByRole('heading', { level: 1, name: 'Profil' })).toBeVisible();
    await nothingHere(PERSONS.filter((one) => one !== TEACHER));
    await expect.poll(async () => left(await memoryOf(page), [NURSE.mark])).toEqual([]);
  });

  await test.step('the back button leads to nothing of the others', async () => {
    const mine = page.url();
    for (let step = 0; step < 4; step += 1) {
      await page.evaluate(() => history.back());
      await expect.poll(() => page.url()).toBe(mine);
      await nothingHere(PERSONS.filter((one) => one !== TEACHER));
    }
  });

  await test.step('she signs out, somebody has a draft open, and the browser is killed', async () => {
    await server.start();
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('button', { name: /^Keluar/ }).click();
    await page.getByRole('dialog').last().getByRole('button', { name: 'Keluar dan buang', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Pakai akun lain' })).toBeVisible();
    await expect(page.getByRole('button', { name: places[1] })).toHaveCount(0);
    await nothingHere(PERSONS);
    await nothingOnDisk('after a sign-out');
    await openPlace(page, places[0] ?? '', NURSE);
    await page.getByRole('link', { name: 'Beranda', exact: true }).first().click();
    await page.getByRole('button', { name: 'Tulis', exact: true }).first().click();
    await page.getByRole('dialog').getByLabel('Isi').fill(`Belum dikirim ${NURSE.mark}`);
    await writeControls(page);
    // Leaving the page makes the browser write down what stood in its fields, to offer it after a crash.
    await page.goto(`about:blank#${CONTROL.address}`);
    await expect
      .poll(() => findings(path.join(browser.profile, 'Default', 'Sessions'), [CONTROL.address]))
      .not.toEqual([]);
    await browser.crash();
  });

  await test.step('the disk after the crash, and the search itself', async () => {
    expect(tokens.length).toBeGreaterThanOrEqual(2 * PERSONS.length);
    expect(await findings(browser.profile, secrets())).toEqual([]);
    const controls = await findings(browser.profile, Object.values(CONTROL));
    for (const word of Object.values(CONTROL)) expect(controls.filter((one) => one.startsWith(word))).not.toEqual([]);
    const inHttpCache = await findings(path.join(browser.profile, 'Default', 'Cache'), ['smartasn-session']);
    expect(inHttpCache).not.toEqual([]);
  });
});
