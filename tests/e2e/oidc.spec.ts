import { expect, test, type Page } from '@playwright/test';
import { CLIENT, startProvider, type TestProvider } from '../support/oidc.ts';
import { expectAccessible } from './support/accessible.ts';
import { testBrowser, type TestBrowser } from './support/browser.ts';
import { PIN, pageOf } from './support/person.ts';
import { testServer, type TestServer } from './support/server.ts';

let provider: TestProvider;
let server: TestServer;
let browser: TestBrowser;

test.beforeAll(async () => {
  server = await testServer();
  provider = await startProvider(server.origin);
  await server.start({
    SMARTASN_OIDC_ISSUER: provider.issuer,
    SMARTASN_OIDC_CLIENT_ID: CLIENT.id,
    SMARTASN_OIDC_CLIENT_SECRET: CLIENT.secret,
    SMARTASN_OIDC_NAME: 'Akun Papua'
  });
  browser = await testBrowser();
  // The provider's page is dressed by a foreign host.
  await browser.context.route(/^https:/, (route) => route.abort());
});
test.afterAll(async () => {
  await browser?.dispose();
  await server?.dispose();
  await provider?.stop();
});

const button = (page: Page) => page.getByRole('button', { name: 'Masuk dengan Akun Papua' });

/** From the app to the issuer, and back under this name. */
async function goAndComeBack(page: Page, login: string): Promise<void> {
  await button(page).click();
  await page.getByPlaceholder('Enter any login').fill(login);
  await page.getByPlaceholder('and password').fill('apa saja');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.waitForURL(`${server.origin}/feed`);
}

test('a person signs in by her office’s account; who is not known is told so, and sees nobody’s pages', async () => {
  const page = await pageOf(browser.context);
  await page.goto(`${server.origin}/feed`);
  await expect(button(page)).toBeVisible();
  await page.screenshot({ path: 'test-results/oidc-sign-in.png', fullPage: true });
  await expectAccessible(page);
  await goAndComeBack(page, 'guru');
  await page.getByLabel('PIN baru').fill(PIN);
  await page.getByLabel('Ulangi PIN').fill(PIN);
  await page.getByRole('button', { name: 'Pakai PIN ini' }).click();
  await page.getByRole('button', { name: 'Mulai' }).click();
  await expect(page.getByRole('heading', { name: 'Beranda' })).toBeVisible();
  await expect(page.locator('article').first()).toBeVisible();
  expect(await page.evaluate(() => [sessionStorage.getItem('smartasn-oidc'), document.cookie])).toEqual([null, '']);

  await test.step('a colleague on the same browser is asked at the issuer who she is', async () => {
    await page.reload();
    await page.getByRole('button', { name: 'Pakai akun lain' }).click();
    await goAndComeBack(page, 'orang-lain');
    await expect(page.getByRole('alert')).toContainText('belum terdaftar di SmartASN');
    await expect(button(page)).toBeVisible();
    await page.screenshot({ path: 'test-results/oidc-unknown.png', fullPage: true });
  });

  await test.step('while the issuer is away she is told so and stays in the app', async () => {
    await provider.stop();
    await server.kill();
    await server.start();
    await button(page).click();
    await expect(page.getByRole('alert')).toContainText('Akun Papua tidak menjawab');
    await provider.start();
  });
});
