import { expect, test, type Page } from '@playwright/test';
import { testBrowser, type TestBrowser } from './support/browser.ts';
import { pageOf, signIn } from './support/person.ts';
import { testStage } from './support/stage.ts';

const stage = testStage();
let other: TestBrowser;

test.beforeAll(async () => {
  other = await testBrowser({ width: 1280, height: 800 });
});
test.afterAll(() => other?.dispose());

/** Comes to the devices anew. */
const goThere = async (page: Page) => {
  await page.getByRole('link', { name: 'Profil', exact: true }).first().click();
  await page.getByRole('link', { name: 'Keamanan akun' }).click();
};
const card = (page: Page) => page.getByRole('region', { name: 'Perangkat saya' });
const ofOthers = (page: Page) => card(page).getByRole('button', { name: /^Kelola / });

test('a person sees her devices, ends one, reports one lost, and is told the truth without signal', async () => {
  const page = await pageOf(stage.browser.context);
  const far = await pageOf(other.context);
  await signIn(page, stage.server.origin, 'guru');
  await signIn(far, stage.server.origin, 'guru');

  await test.step('both devices are listed, with plain words', async () => {
    await goThere(page);
    await expect(card(page).getByText('Chrome di Linux')).toHaveCount(2);
    await expect(card(page).getByText('Perangkat ini')).toHaveCount(1);
    await expect(ofOthers(page)).toHaveCount(1);
  });

  await test.step('the other one is reported lost', async () => {
    await ofOthers(page).click();
    await page.getByRole('button', { name: 'Laporkan hilang' }).click();
    await expect(card(page).getByText(/^(Dilaporkan hilang|Hilang\. Isinya sudah dihapus)/)).toBeVisible();
    await expect(ofOthers(page)).toHaveCount(0);
  });

  await test.step('its place is destroyed at its next contact, and she sees that it was', async () => {
    // Nobody touches it: the request that it holds ends with its session.
    await expect(far.getByRole('heading', { name: 'Tempat ini sudah dihapus' })).toBeVisible();
    await goThere(page);
    await expect(card(page).getByText(/^Hilang\. Isinya sudah dihapus/)).toBeVisible();
  });

  await test.step('without signal the last list is shown as such, and nothing pretends to happen', async () => {
    await stage.server.kill();
    await goThere(page);
    await expect(card(page).getByText(/^Server belum terjangkau\. Ini daftar terakhir/)).toBeVisible();
    await expect(card(page).getByText('Perangkat ini')).toBeVisible();
    await page.screenshot({ path: 'test-results/devices-offline.png', fullPage: true });
  });
});
