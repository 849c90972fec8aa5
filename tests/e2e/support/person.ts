import { expect, type BrowserContext, type Page } from '@playwright/test';

export const PASSWORD = 'smartasn-demo';
export const PIN = '739164';

/** The page of a person's browser; the first one that it has. */
export const pageOf = async (context: BrowserContext): Promise<Page> => context.pages()[0] ?? context.newPage();

/** Signs in for the first time on this browser and makes a place with the PIN, up to the feed. */
export async function signIn(page: Page, origin: string, account: string): Promise<void> {
  await page.goto(`${origin}/feed`);
  await page.getByLabel('Akun').fill(account);
  await page.getByLabel('Kata sandi', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await page.getByLabel('PIN baru').fill(PIN);
  await page.getByLabel('Ulangi PIN').fill(PIN);
  await page.getByRole('button', { name: 'Pakai PIN ini' }).click();
  await page.getByRole('button', { name: 'Mulai' }).click();
  await expect(page.getByRole('heading', { name: 'Beranda' })).toBeVisible();
}

/** Unlocks the only place of this browser. */
export async function unlock(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByLabel('PIN', { exact: true }).fill(PIN);
  await page.getByRole('button', { name: 'Buka', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** The state of an own item: `waiting`, `sent`, `delivered`, `refused` or `forked`. */
export const stateIn = (page: Page, place: string) => page.locator(`${place} [data-state]`).first();

/** The id of an account's person, from the server. */
export async function personOf(origin: string, account: string): Promise<string> {
  const response = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, password: PASSWORD })
  });
  return ((await response.json()) as { person: string }).person;
}
