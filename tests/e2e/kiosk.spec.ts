import { expect, test, type Page } from '@playwright/test';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expectAccessible } from './support/accessible.ts';
import { testBrowser, type TestBrowser } from './support/browser.ts';
import { cameraOf, codeOn, film } from './support/camera.ts';
import { smartasn } from './support/command.ts';
import { copiesOf } from './support/database.ts';
import { pageOf, personOf, PIN, signIn } from './support/person.ts';
import { findings } from './support/search.ts';
import { testServer, type TestServer } from './support/server.ts';
import { lock } from './support/shared.ts';

const ACCOUNT = 'guru';
const NAME = 'Loket 1';

/** What the kiosk's camera sees. */
const camera = path.join(os.tmpdir(), `smartasn-camera-${crypto.randomUUID()}.y4m`);

let server: TestServer;
let phone: TestBrowser;
let kiosk: TestBrowser;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  server = await testServer();
  await server.start();
  phone = await testBrowser();
  // A camera of files is there from the beginning or not at all.
  await film(camera, [{ size: 29, dark: [] }]);
  kiosk = await testBrowser({ width: 1280, height: 800, args: cameraOf(camera) });
});

test.afterAll(async () => {
  await phone?.dispose();
  await kiosk?.dispose();
  await server?.dispose();
  await rm(camera, { force: true });
});

async function enrol(page: Page): Promise<void> {
  const printed = await smartasn(server.data, 'kiosk', 'add', NAME, '--agency', 'asmat');
  const code = /^ {2}([0-9A-Z-]{14})$/m.exec(printed)?.[1] ?? '';
  await page.goto(`${server.origin}/kiosk`);
  await page.getByLabel('Kode dari kantor').fill(code.toLowerCase());
  await page.getByRole('button', { name: 'Jadikan kios' }).click();
  await page.getByRole('link', { name: 'Mulai pakai' }).click();
  await expect(page.getByRole('heading', { name: `Kios ${NAME}` })).toBeVisible();
}

/** The code that the person's own phone shows for her. */
async function codeOf(page: Page): Promise<string> {
  await page.getByRole('link', { name: 'Profil', exact: true }).first().click();
  await page.getByRole('link', { name: 'Keamanan akun' }).click();
  await page.getByRole('button', { name: /^Tampilkan kode/ }).click();
  const code = page.getByRole('region', { name: 'Masuk di kios' }).locator('strong');
  await expect(code).toHaveText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  return code.innerText();
}

/** Comes in with a code and a PIN for the visit. */
async function enter(page: Page, code: string): Promise<void> {
  await page.getByLabel('Kode dari ponsel').fill(code);
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await begin(page);
}

/** Chooses a PIN for the visit, up to the feed. */
async function begin(page: Page): Promise<void> {
  await page.getByLabel('PIN baru').fill(PIN);
  await page.getByLabel('Ulangi PIN').fill(PIN);
  await page.getByRole('button', { name: 'Pakai PIN ini' }).click();
  await page.getByRole('button', { name: 'Mulai' }).click();
  await expect(page.locator('article').first()).toBeVisible();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
}

/** Sends a post; at the moment when the sheet closes, and so says that it is kept, the browser is killed. */
async function postAndDie(page: Page, text: string): Promise<void> {
  const dead = Promise.withResolvers<void>();
  await page.exposeFunction('sheetClosed', () => dead.resolve(kiosk.crash()));
  await page.getByRole('button', { name: 'Tulis' }).first().click();
  await page.getByRole('textbox', { name: 'Isi' }).fill(text);
  await page.locator('dialog[open]').evaluate((dialog) => {
    const isOpen = (): boolean => dialog.isConnected && dialog.hasAttribute('open');
    const told = window as unknown as { sheetClosed: () => Promise<void> };
    const watch = new MutationObserver(() => {
      if (isOpen()) return;
      watch.disconnect();
      void told.sheetClosed();
    });
    watch.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['open'] });
  });
  // The click may hear nothing any more of a page that has died.
  await Promise.allSettled([page.getByRole('button', { name: 'Kirim', exact: true }).click(), dead.promise]);
  await dead.promise;
  await kiosk.reopen();
}

const textsOf = async (person: string): Promise<unknown[]> =>
  (await copiesOf(server.data, person, 'channel-')).map(({ text }) => text);

test('a person comes in at a kiosk with the code of her phone; the kiosk dies, nothing of her is left, and her work arrives', async () => {
  const text = `Surat tugas diambil di loket ${crypto.randomUUID()}`;
  const hand = await pageOf(phone.context);
  let page = await pageOf(kiosk.context);
  const person = await personOf(server.origin, ACCOUNT);
  await signIn(hand, server.origin, ACCOUNT);
  await enrol(page);

  await page.getByLabel('Kode dari ponsel').fill('ZZZZ-ZZZZ');
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await expect(page.getByText('Kode ini salah, sudah dipakai, atau sudah lewat.')).toBeVisible();
  await enter(page, await codeOf(hand));

  await test.step('a lock keeps her page for the PIN', async () => {
    await lock(page);
    await page.getByLabel('PIN', { exact: true }).fill(PIN);
    await page.getByRole('button', { name: 'Buka', exact: true }).click();
    await expect(page.locator('article').first()).toBeVisible();
  });

  await test.step('a second tab says that somebody is here, and leaves her in peace', async () => {
    const second = await kiosk.context.newPage();
    await second.goto(`${server.origin}/feed`);
    await expect(second.getByText('Ada orang yang masih masuk di tab lain')).toBeVisible();
    await second.close();
    await expect(page.locator('article').first()).toBeVisible();
  });

  await test.step('what she writes without a link is sealed when she is told that it is kept, and the battery is pulled', async () => {
    await server.kill();
    await postAndDie(page, text);
  });

  await test.step('the next visitor finds a kiosk, and nothing of her', async () => {
    page = await pageOf(kiosk.context);
    await page.goto(`${server.origin}/feed`);
    await expect(page.getByRole('heading', { name: `Kios ${NAME}` })).toBeVisible();
    await expect
      .poll(() => page.evaluate(async () => (await indexedDB.databases()).filter(({ name }) => name?.includes('own'))))
      .toEqual([]);
    expect(await findings(kiosk.profile, [text, PIN])).toEqual([]);
  });

  await test.step('her work is delivered without her', async () => {
    await server.start();
    await expect.poll(() => textsOf(person)).toContain(text);
  });

  await test.step('the same once more: another guest, whose phone the kiosk scans', async () => {
    const again = `${text} (lagi)`;
    page = await pageOf(kiosk.context);
    await page.goto(`${server.origin}/feed`);
    await page.getByRole('button', { name: 'Pindai kode' }).click();
    await expect(page.locator('video')).toBeVisible();
    await expectAccessible(page);
    await page.goto(`${server.origin}/feed`);
    await codeOf(hand);
    await film(camera, [await codeOn(hand.getByRole('img', { name: 'Kode QR untuk dipindai kios' }))]);
    await page.getByRole('button', { name: 'Pindai kode' }).click();
    await begin(page);
    await kiosk.context.setOffline(true);
    await postAndDie(page, again);
    page = await pageOf(kiosk.context);
    await page.goto(`${server.origin}/feed`);
    await expect.poll(() => textsOf(person)).toContain(again);
  });
});

test('an office ends a kiosk, and its machine is an ordinary browser again', async () => {
  const page = await pageOf(kiosk.context);
  const [, number = ''] = /^ {2}([0-9a-f]{8}) /m.exec(await smartasn(server.data, 'kiosk', 'list')) ?? [];
  await smartasn(server.data, 'kiosk', 'remove', number);
  await page.goto(`${server.origin}/feed`);
  await expect(page.getByRole('heading', { name: 'Masuk ke SmartASN' })).toBeVisible();
});
