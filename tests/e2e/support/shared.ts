import { expect, type Page } from '@playwright/test';
import { PASSWORD } from './person.ts';

/** One of several persons on a browser. `mark` is in everything that she writes. */
export interface Sharer {
  account: string;
  name: string;
  pin: string;
  mark: string;
}

/** Signs in beside whoever has a place on this browser already, up to the feed. */
export async function signInToo(page: Page, { account, pin }: Sharer): Promise<void> {
  const other = page.getByRole('button', { name: 'Pakai akun lain' });
  const field = page.getByLabel('Akun');
  await expect(other.or(field)).toBeVisible();
  if (await other.isVisible()) await other.click();
  await field.fill(account);
  await page.getByLabel('Kata sandi', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await page.getByLabel('PIN baru').fill(pin);
  await page.getByLabel('Ulangi PIN').fill(pin);
  await page.getByRole('button', { name: 'Pakai PIN ini' }).click();
  await page.getByRole('button', { name: 'Mulai' }).click();
  await expect(page.getByRole('heading', { name: 'Beranda' })).toBeVisible();
}

/** What her place is called: a bird and a colour. To be asked while she has it open. */
export async function placeOf(page: Page): Promise<string> {
  const label = await page.getByRole('button', { name: /^Kunci / }).getAttribute('aria-label');
  return (label ?? '').replace(/^Kunci /, '');
}

/** Opens a place of the list with its PIN. */
export async function openPlace(page: Page, place: string, { pin }: Pick<Sharer, 'pin'>): Promise<void> {
  const field = page.getByLabel('PIN', { exact: true });
  const inList = page.getByRole('button', { name: place });
  await expect(field.or(inList)).toBeVisible();
  if (await inList.isVisible()) await inList.click();
  await field.fill(pin);
  await page.getByRole('button', { name: 'Buka', exact: true }).click();
  await expect(page.getByRole('button', { name: /^Kunci / })).toBeVisible();
}

export const lock = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /^Kunci / }).click();
  await expect(page.getByRole('heading', { name: 'Terkunci' })).toBeVisible();
};

export const switchPerson = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('button', { name: /^Ganti orang/ }).click();
  await expect(page.getByRole('button', { name: 'Pakai akun lain' })).toBeVisible();
};

/** All strings that the page's memory still holds, after what nobody can reach has been taken away. */
export async function memoryOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return chunks.join('');
}
