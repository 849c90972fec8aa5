import { expect, test, type Page } from '@playwright/test';
import { pageOf } from './support/person.ts';
import { lock, openPlace, placeOf, signInToo, switchPerson, type Sharer } from './support/shared.ts';
import { testStage } from './support/stage.ts';

const GURU: Sharer = { account: 'guru', name: '', pin: '739164', mark: '' };
const REKAN: Sharer = { account: 'rekan', name: '', pin: '482915', mark: '' };
const DAY = 86_400_000;

const stage = testStage();

const locked = (page: Page) => expect(page.getByRole('heading', { name: 'Terkunci' })).toBeVisible();

/** The post at the top of the screen and where it stands, px. */
const topPost = (page: Page) =>
  page.evaluate(() => {
    const posts = [...document.querySelectorAll<HTMLElement>('[data-post]')];
    const first = posts.find((post) => post.getBoundingClientRect().top > 60);
    return { id: first?.dataset.post, top: Math.round(first?.getBoundingClientRect().top ?? 0) };
  });

/** Names of the databases of this browser, and how many places its vault knows. */
const kept = (page: Page) =>
  page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name = '' }) => name);
    const places = await new Promise<number>((resolve) => {
      const open = indexedDB.open('smartasn-vault');
      open.onsuccess = () => {
        const count = open.result.transaction('slots').objectStore('slots').count();
        count.onsuccess = () => {
          resolve(count.result);
          open.result.close();
        };
      };
    });
    return { places, stores: names.filter((name) => /[0-9a-f]{8}-/.test(name)).length };
  });

test('after the PIN the page, the place in it and what was being typed are there', async () => {
  const { context } = stage.browser;
  const page = await pageOf(context);
  const elsewhere = await context.newPage();
  await page.goto(`${stage.server.origin}/feed`);
  await signInToo(page, GURU);
  const place = await placeOf(page);

  /** Locks the place in another tab, as a colleague who passes by would not. */
  const lockEverywhere = async () => {
    await elsewhere.goto(`${stage.server.origin}/sync`);
    await openPlace(elsewhere, place, GURU);
    await lock(elsewhere);
    await page.bringToFront();
    await locked(page);
  };

  await test.step('the place in the feed, locked by a key', async () => {
    await expect.poll(() => page.locator('article').count()).toBeGreaterThan(5);
    await expect(async () => {
      await page.mouse.wheel(0, 1500);
      expect(await page.evaluate(() => scrollY)).toBeGreaterThan(6_000);
    }).toPass();
    await expect.poll(async () => (await topPost(page)).id).toBeDefined();
    const before = await topPost(page);
    await page.keyboard.press('l');
    await locked(page);
    await expect(page.locator('article')).toHaveCount(0);
    await openPlace(page, place, GURU);
    // What stands above the feed, such as the note of a first round, may have gone meanwhile.
    await expect.poll(async () => (await topPost(page)).id).toBe(before.id);
    await expect.poll(async () => Math.abs((await topPost(page)).top - before.top)).toBeLessThan(64);
  });

  await test.step('a post that was being written', async () => {
    await page.evaluate(() => scrollTo(0, 0));
    await page.getByRole('button', { name: 'Tulis', exact: true }).first().click();
    await page.getByRole('dialog').getByLabel('Isi').fill('Kapal perintis belum ');
    await lockEverywhere();
    await openPlace(page, place, GURU);
    await expect(page.getByRole('dialog').getByLabel('Isi')).toHaveValue('Kapal perintis belum ');
    await page.getByRole('dialog').getByRole('button', { name: 'Tutup' }).click();
  });

  await test.step('a comment, on its page', async () => {
    await page.locator('article a.open').first().click();
    await page.getByLabel('Tanggapan Anda').fill('Terima kasih, ');
    const address = page.url();
    await lock(page);
    await openPlace(page, place, GURU);
    expect(page.url()).toBe(address);
    await expect(page.getByLabel('Tanggapan Anda')).toHaveValue('Terima kasih, ');
  });

  await test.step('a line about herself', async () => {
    await page.getByRole('link', { name: 'Profil', exact: true }).first().click();
    await page.getByRole('button', { name: 'Ubah Keahlian' }).click();
    await page.getByRole('textbox', { name: 'Keahlian' }).fill('Menjahit layar');
    await lockEverywhere();
    await openPlace(page, place, GURU);
    await expect(page.getByRole('textbox', { name: 'Keahlian' })).toHaveValue('Menjahit layar');
    await page.getByRole('dialog').getByRole('button', { name: 'Tutup' }).click();
  });
  await elsewhere.close();
});

test('a name stands in the list only while its owner allows it', async () => {
  const page = await pageOf(stage.browser.context);
  const allow = async (on: boolean) => {
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('button', { name: /^Tempat Anda/ }).click();
    const choice = page.getByRole('switch', { name: /Tampilkan nama saya/ });
    await expect(choice).toBeEnabled();
    await choice.setChecked(on);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await lock(page);
  };
  const place = await placeOf(page);
  const name = (await page.locator('.who .name').innerText()).trim();
  await allow(true);
  await expect(page.getByText(name)).toBeVisible();
  await openPlace(page, place, GURU);
  await allow(false);
  await locked(page);
  await expect(page.getByText(name)).toHaveCount(0);
});

test('a place can be removed from the lock screen, with the PIN, or without it: what waits leaves as a sealed parcel', async () => {
  const page = await pageOf(stage.browser.context);
  const remove = (name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
  await page.goto(`${stage.server.origin}/feed`);
  await signInToo(page, REKAN);
  await lock(page);
  await page.getByRole('button', { name: 'Hapus tempat ini' }).click();
  await page.getByRole('dialog').getByLabel('PIN', { exact: true }).fill(GURU.pin);
  await remove('Hapus tempat');
  await expect(page.getByText('PIN salah')).toBeVisible();
  expect((await kept(page)).places).toBe(2);
  await page.getByRole('dialog').getByLabel('PIN', { exact: true }).fill(REKAN.pin);
  await remove('Hapus tempat');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect.poll(() => kept(page)).toEqual({ places: 1, stores: 2 });

  await page.getByLabel('PIN', { exact: true }).fill(GURU.pin);
  await page.getByRole('button', { name: 'Buka', exact: true }).click();
  await stage.server.kill();
  await page.getByRole('link', { name: 'Beranda', exact: true }).first().click();
  await page.getByRole('button', { name: 'Tulis', exact: true }).first().click();
  await page.getByRole('dialog').getByLabel('Isi').fill('Belum sampai ke mana-mana.');
  await page.getByRole('button', { name: 'Kirim', exact: true }).click();
  await expect(page.locator('article [data-state="waiting"]').first()).toBeVisible();
  await lock(page);
  await page.getByRole('button', { name: 'Hapus tempat ini' }).click();
  await page.getByRole('button', { name: 'Saya lupa PIN' }).click();
  await remove('Hapus tempat');
  await expect(page.getByLabel('Akun')).toBeVisible();
  await expect.poll(() => kept(page)).toEqual({ places: 0, stores: 0 });
  await expect(page.getByText('1 paket tersegel menunggu sinyal')).toBeVisible();
});

test('a device that was reported lost, and a place that nobody opened for 30 days, are emptied', async () => {
  const page = await pageOf(stage.browser.context);
  await stage.server.start();
  await page.goto(`${stage.server.origin}/feed`);
  await signInToo(page, REKAN);

  await test.step('nobody comes for a month', async () => {
    await switchPerson(page);
    await page.evaluate(
      (before) =>
        new Promise<void>((resolve) => {
          const open = indexedDB.open('smartasn-vault');
          open.onsuccess = () => {
            const write = open.result.transaction('slots', 'readwrite');
            const slots = write.objectStore('slots');
            const all = slots.getAll();
            all.onsuccess = () => {
              for (const row of all.result as object[]) slots.put({ ...row, openedAt: before });
            };
            write.oncomplete = () => {
              open.result.close();
              resolve();
            };
          };
        }),
      Date.now() - 31 * DAY
    );
    await page.reload();
    await expect(page.getByText('terhapus sendiri karena 30 hari tidak dibuka')).toBeVisible();
    await expect.poll(() => kept(page)).toEqual({ places: 0, stores: 0 });
  });

  await test.step('the server calls the device lost', async () => {
    await page.reload();
    await signInToo(page, GURU);
    await page.route('**/api/session/refresh', (route) =>
      route.fulfill({ status: 403, json: { code: 'device-lost', message: '' } })
    );
    await page.reload();
    await page.getByLabel('PIN', { exact: true }).fill(GURU.pin);
    await page.getByRole('button', { name: 'Buka', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Tempat ini sudah dihapus' })).toBeVisible();
    await expect.poll(() => kept(page)).toEqual({ places: 0, stores: 0 });
    await page.getByRole('button', { name: 'Lanjut' }).click();
    await expect(page.getByLabel('Akun')).toBeVisible();
  });
});
