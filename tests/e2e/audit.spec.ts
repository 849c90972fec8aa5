import { expect, test, type Page } from '@playwright/test';
import { testBrowser, type TestBrowser } from './support/browser.ts';
import { pageOf, signIn } from './support/person.ts';
import { testStage } from './support/stage.ts';

const stage = testStage();
let other: TestBrowser;

test.beforeAll(async () => {
  other = await testBrowser();
});
test.afterAll(() => other?.dispose());

const card = (page: Page) => page.getByRole('region', { name: 'Siapa yang melihat data saya' });

const openProfile = async (page: Page): Promise<void> => {
  await page.getByRole('link', { name: 'Beranda', exact: true }).first().click();
  await page.getByRole('link', { name: 'Profil', exact: true }).first().click();
};

test('a person sees who looked at her data, and without a signal what is known', async () => {
  const page = await pageOf(stage.browser.context);
  await signIn(page, stage.server.origin, 'guru');
  await openProfile(page);
  await expect(card(page).getByText('Masuk ke akun')).toHaveCount(1);
  await expect(card(page).getByText(/^Diperiksa /)).toBeVisible();

  await test.step('another sign-in of hers comes to it, and nobody else’s', async () => {
    await signIn(await pageOf(other.context), stage.server.origin, 'guru');
    await openProfile(page);
    await expect(card(page).getByText('Masuk ke akun')).toHaveCount(2);
    await expect(card(page).getByText(/^Anda · /)).toHaveCount(2);
  });

  await test.step('with the server dead the last known list is shown as such', async () => {
    await stage.server.kill();
    await openProfile(page);
    await expect(card(page).getByText(/^Tanpa sinyal: keadaan /)).toBeVisible();
    await expect(card(page).getByText('Masuk ke akun')).toHaveCount(2);
    await page.screenshot({ path: 'test-results/audit-offline.png', fullPage: true });
  });
});
