import { expect, test, type Page } from '@playwright/test';
import { testBrowser, type TestBrowser } from './support/browser.ts';
import { pageOf, PASSWORD, personOf, signIn, unlock } from './support/person.ts';
import { switchPerson } from './support/shared.ts';
import { testStage } from './support/stage.ts';

const FIRST = 'perahu bocor lagi besok';
const SECOND = 'tujuh pelita di dermaga';

const CODE = /[0-9A-Z]{4}(-[0-9A-Z]{4}){2}/;

const stage = testStage();
let office: TestBrowser;

test.beforeAll(async () => {
  office = await testBrowser({ width: 1280, height: 800 });
});
test.afterAll(() => office?.dispose());

const post = (path: string, body: object): Promise<Response> =>
  fetch(`${stage.server.origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body)
  });
const enter = (password: string): Promise<Response> => post('/api/session', { account: 'guru', password });

/** What she has on another device, as far as the server knows. */
async function elsewhere(password: string): Promise<() => Promise<number>> {
  const { refresh } = (await (await enter(password)).json()) as { refresh: string };
  return async () => (await post('/api/session/refresh', { refresh })).status;
}

async function change(page: Page, current: string, next: string): Promise<void> {
  await page.getByLabel('Kata sandi sekarang').fill(current);
  await page.getByLabel('Kata sandi baru', { exact: true }).fill(next);
  await page.getByLabel('Ulangi kata sandi baru').fill(next);
  await page.getByRole('button', { name: 'Simpan kata sandi' }).click();
}

async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Tulis' }).first().click();
  await page.getByRole('textbox', { name: 'Isi' }).fill(text);
  await page.getByRole('button', { name: 'Kirim', exact: true }).click();
}

test('a person changes her password, forgets it, and comes back in with the help of her officer', async () => {
  const phone = await pageOf(stage.browser.context);
  const desk = await pageOf(office.context);
  const person = await personOf(stage.server.origin, 'guru');
  const text = `Ditulis sebelum masuk lagi ${crypto.randomUUID()}`;
  await signIn(phone, stage.server.origin, 'guru');

  await test.step('she changes her password, and is out everywhere else', async () => {
    const other = await elsewhere(PASSWORD);
    await phone.getByRole('link', { name: 'Profil', exact: true }).first().click();
    await phone.getByRole('link', { name: 'Keamanan akun' }).click();
    await phone.getByRole('button', { name: 'Ganti kata sandi' }).click();
    await change(phone, PASSWORD, 'bismillah1234567');
    await expect(phone.getByText(/^Kata sandi ini sering dipakai/)).toBeVisible();
    await change(phone, 'salah sekali', FIRST);
    await expect(phone.getByText(/^Kata sandi sekarang salah/)).toBeVisible();
    await phone.screenshot({ path: 'test-results/password-sheet.png' });
    await change(phone, PASSWORD, FIRST);
    await expect(phone.getByText('Kata sandi sudah diganti.')).toBeVisible();
    expect(await other()).toBe(401);
    expect((await enter(PASSWORD)).status).toBe(401);
  });

  let code = '';
  await test.step('her officer makes sure who asks, and gives her a code', async () => {
    await signIn(desk, stage.server.origin, 'kepegawaian');
    await unlock(desk, `${stage.server.origin}/people/${person}`);
    await desk.getByRole('button', { name: 'Bantu masuk kembali' }).click();
    await desk.getByRole('button', { name: 'Buat kode' }).click();
    await expect(desk.getByText(/^Pilih salah satu/)).toBeVisible();
    await desk.getByRole('radio', { name: /^Saya melihat kartu pegawai/ }).check();
    await desk.getByRole('dialog').getByLabel('Kata sandi Anda sendiri').fill(PASSWORD);
    await desk.getByRole('button', { name: 'Buat kode' }).click();
    code = (await desk.getByText(CODE).innerText()).slice(-14);
    expect(code).toMatch(CODE);
    await desk.screenshot({ path: 'test-results/recovery-code.png' });
    await desk.getByRole('button', { name: 'Selesai' }).click();
  });

  await test.step('she comes in on another browser with it, once', async () => {
    await switchPerson(desk);
    await desk.getByRole('button', { name: 'Pakai akun lain' }).click();
    await desk.getByRole('button', { name: 'Lupa kata sandi?' }).click();
    await desk.getByLabel('Akun').fill('guru');
    await desk.getByLabel('Kode dari petugas').fill('ZZZZ-ZZZZ-ZZZZ');
    await desk.getByLabel('Kata sandi baru', { exact: true }).fill(SECOND);
    await desk.getByLabel('Ulangi kata sandi baru').fill(SECOND);
    await desk.getByRole('button', { name: 'Pakai kata sandi baru' }).click();
    await expect(desk.getByText(/^Akun dan kode tidak cocok/)).toBeVisible();
    await desk.screenshot({ path: 'test-results/recovery-form.png', fullPage: true });
    await desk.getByLabel('Kode dari petugas').fill(code.toLowerCase());
    await desk.getByRole('button', { name: 'Pakai kata sandi baru' }).click();
    await expect(desk.getByLabel('PIN baru')).toBeVisible();
    expect((await enter(FIRST)).status).toBe(401);
    expect((await post('/api/recovery/session', { account: 'guru', code, password: SECOND })).status).toBe(401);
  });

  await test.step('her place on the phone asks her to sign in again, and what she wrote meanwhile is delivered', async () => {
    await phone.getByRole('link', { name: 'Beranda', exact: true }).first().click();
    await write(phone, text);
    const item = phone.locator('article', { hasText: text });
    await expect(item.locator('[data-state="waiting"]')).toBeVisible();
    await phone.getByRole('main').getByRole('button', { name: 'Masuk', exact: true }).click();
    await phone.getByLabel('Akun').fill('guru');
    await phone.getByLabel('Kata sandi', { exact: true }).fill(SECOND);
    await phone.getByRole('dialog').getByRole('button', { name: 'Masuk', exact: true }).click();
    await expect(item.locator('[data-state="delivered"]')).toBeVisible();
  });

  await test.step('she sees who helped her, and how that was made sure', async () => {
    await phone.getByRole('link', { name: 'Profil', exact: true }).first().click();
    const card = phone.getByRole('region', { name: 'Siapa yang melihat data saya' });
    await card.getByRole('button', { name: /^Tampilkan semua/ }).click();
    await expect(card.getByText('Masuk kembali dengan kode dan kata sandi baru')).toBeVisible();
    await expect(card.getByText(/ · setelah melihat kartu pegawai atau KTP · /)).toBeVisible();
  });
});
