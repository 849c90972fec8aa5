import { expect, test, type Page } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { expectAccessible } from './support/accessible.ts';
import { PASSWORD, pageOf, signIn } from './support/person.ts';
import { switchPerson } from './support/shared.ts';
import { testStage } from './support/stage.ts';

const STEP = 30_000;
const stage = testStage();

const codeField = (page: Page) => page.getByLabel('Kode', { exact: true });
const dialog = (page: Page) => page.getByRole('dialog');

/** What an authenticator shows whose clock is so many steps ahead. */
const codeOf = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * STEP });

async function passwordAgain(page: Page): Promise<void> {
  await switchPerson(page);
  await page.getByRole('button', { name: 'Pakai akun lain' }).click();
  await passwordTyped(page);
}

async function passwordTyped(page: Page): Promise<void> {
  await page.getByLabel('Akun').fill('guru');
  await page.getByLabel('Kata sandi', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await expect(codeField(page)).toBeFocused();
}

const tryCode = async (page: Page, code: string): Promise<void> => {
  await codeField(page).fill(code);
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
};

test('a second code is switched on, asked for, explained when its clock is wrong, and replaced by one from paper', async () => {
  const page = await pageOf(stage.browser.context);
  await signIn(page, stage.server.origin, 'guru');
  await page.getByRole('link', { name: 'Profil', exact: true }).first().click();
  await page.getByRole('link', { name: 'Keamanan akun' }).click();
  await page.getByRole('button', { name: 'Nyalakan kode kedua' }).click();
  await dialog(page).getByLabel('Kata sandi', { exact: true }).fill(PASSWORD);
  await dialog(page).getByRole('button', { name: 'Lanjut' }).click();
  await expect(page.getByRole('img', { name: 'Kode QR untuk aplikasi autentikator' })).toBeVisible();
  const secret = (await page.locator('.secret').innerText()).replaceAll(' ', '');
  await codeField(page).fill('000000');
  await dialog(page).getByRole('button', { name: 'Lanjut' }).click();
  await expect(dialog(page).getByText(/^Kode ini salah/)).toBeVisible();
  await codeField(page).fill(codeOf(secret));
  await dialog(page).getByRole('button', { name: 'Lanjut' }).click();
  await expect(dialog(page).getByRole('listitem')).toHaveCount(10);
  const [paper = ''] = await dialog(page).getByRole('listitem').allInnerTexts();
  await test.step('on paper stand the codes alone', async () => {
    await page.evaluate(() => (window.print = () => undefined));
    await dialog(page).getByRole('button', { name: 'Cetak semua kode' }).click();
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByText(paper)).toHaveCount(2);
    await expect(page.getByText(paper).filter({ visible: true })).toHaveCount(1);
    await expect(page.getByRole('heading', { name: /^Kode cadangan SmartASN, localhost/ })).toBeVisible();
    await expect(page.getByRole('button').filter({ visible: true })).toHaveCount(0);
    await page.screenshot({ path: 'test-results/recovery-paper.png', fullPage: true });
    await page.emulateMedia({ media: null });
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await expect(page.getByText(paper)).toHaveCount(1);
  });
  await page.getByRole('button', { name: 'Sudah saya catat' }).click();
  await expect(page.getByText('Kode cadangan tersisa: 10.')).toBeVisible();

  await page.clock.install();
  await passwordAgain(page);
  await expect(page.getByRole('button', { name: 'Masuk dengan kunci sandi' })).toHaveCount(0);
  await expectAccessible(page);
  await tryCode(page, codeOf(secret, 20));
  await expect(page.getByText(/lebih cepat 10 menit/)).toBeVisible();
  await page.clock.fastForward(301_000);
  await expect(page.getByLabel('Kata sandi', { exact: true })).toHaveValue('');
  await passwordTyped(page);
  await tryCode(page, paper.toLowerCase());
  await expect(page.getByLabel('PIN baru')).toBeVisible();
});
