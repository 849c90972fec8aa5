import { expect, test, type Page } from '@playwright/test';
import { smartasn } from './support/command.ts';
import { pageOf, PASSWORD, PIN, signIn } from './support/person.ts';
import { lock } from './support/shared.ts';
import { testStage } from './support/stage.ts';

const stage = testStage();

/** A fingerprint reader of the device, whose finger is always the right one; answers how it forgets all passkeys. */
async function attachAuthenticator(page: Page): Promise<() => Promise<void>> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      hasPrf: true,
      automaticPresenceSimulation: true
    }
  });
  return async () => {
    await devtools.send('WebAuthn.clearCredentials', { authenticatorId });
  };
}

const goThere = async (page: Page): Promise<void> => {
  await page.getByRole('link', { name: 'Profil', exact: true }).first().click();
  await page.getByRole('link', { name: 'Keamanan akun' }).click();
};
const card = (page: Page) => page.getByRole('region', { name: 'Kunci sandi' });
const unlock = (page: Page) => page.getByRole('button', { name: 'Buka dengan kunci layar' });
const isOpen = (page: Page) => expect(page.getByRole('button', { name: /^Kunci / })).toBeVisible();

test('a person comes in with a passkey, and opens her place with it where there is no server', async () => {
  const page = await pageOf(stage.browser.context);
  await signIn(page, stage.server.origin, 'guru');
  const forget = await attachAuthenticator(page);

  await test.step('she makes one', async () => {
    await goThere(page);
    await expect(card(page).getByRole('switch')).toBeDisabled();
    await card(page).getByRole('button', { name: 'Tambah kunci sandi' }).click();
    const sheet = page.getByRole('dialog', { name: 'Tambah kunci sandi' });
    await sheet.getByLabel('Kata sandi', { exact: true }).fill(PASSWORD);
    await sheet.getByRole('button', { name: 'Lanjut' }).click();
    await expect(card(page).getByText(/belum pernah dipakai/)).toBeVisible();
  });

  await test.step('she signs out, and comes in with nothing else', async () => {
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('button', { name: /^Keluar/ }).click();
    await page.getByRole('dialog').last().getByRole('button', { name: 'Keluar', exact: true }).click();
    await page.getByRole('button', { name: 'Masuk dengan kunci sandi' }).click();
    await page.getByLabel('PIN baru').fill(PIN);
    await page.getByLabel('Ulangi PIN').fill(PIN);
    await page.getByRole('button', { name: 'Pakai PIN ini' }).click();
    await page.getByRole('button', { name: 'Mulai' }).click();
    await isOpen(page);
  });

  await test.step('the server ends her session, and she begins it again with the same finger', async () => {
    await smartasn(stage.server.data, 'sessions', 'guru', '--end', 'all');
    await page.getByRole('button', { name: 'Masuk', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Masuk dengan kunci sandi' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Masuk', exact: true })).toHaveCount(0);
  });

  await test.step('she lets it open her place', async () => {
    await goThere(page);
    await expect(card(page).getByText(/dipakai baru saja/)).toBeVisible();
    await page.screenshot({ path: 'test-results/passkeys.png', fullPage: true });
    await card(page).getByRole('switch').click();
    const sheet = page.getByRole('dialog', { name: 'Buka dengan kunci layar' });
    await sheet.getByLabel('PIN', { exact: true }).fill(PIN);
    await page.screenshot({ path: 'test-results/passkeys-switch.png' });
    await sheet.getByRole('button', { name: 'Nyalakan' }).click();
    await expect(sheet).toBeHidden();
    await expect(card(page).getByRole('switch')).toBeChecked();
  });

  await test.step('without a server, after a lock and in a new page, it opens', async () => {
    await stage.server.kill();
    await lock(page);
    await page.screenshot({ path: 'test-results/passkeys-locked.png', fullPage: true });
    await unlock(page).click();
    await isOpen(page);
    await page.reload();
    await unlock(page).click();
    await isOpen(page);
  });

  await test.step('where the device has lost it, she is told so, and the PIN opens', async () => {
    await lock(page);
    await forget();
    await unlock(page).click();
    await expect(page.getByText(/^Tidak ada kunci sandi yang dipakai\. PIN tetap/)).toBeVisible();
    await page.getByLabel('PIN', { exact: true }).fill(PIN);
    await page.getByRole('button', { name: 'Buka', exact: true }).click();
    await isOpen(page);
  });

  await test.step('switched off, the PIN alone opens it', async () => {
    await goThere(page);
    await card(page).getByRole('switch').click();
    await expect(card(page).getByRole('switch')).not.toBeChecked();
    await lock(page);
    await expect(page.getByLabel('PIN', { exact: true })).toBeVisible();
    await expect(unlock(page)).toHaveCount(0);
  });
});
