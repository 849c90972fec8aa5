import { expect, type Page } from '@playwright/test';
import { acknowledgedPosts, Register, type Ledger } from './ledger.ts';

/** Writes through the screen. Each returns when the screen shows the write, which is the acknowledgement. */
export type Write = (page: Page, ledger: Ledger, name: string) => Promise<void>;

const go = async (page: Page, place: 'Beranda' | 'Profil') => {
  await page.getByRole('link', { name: place, exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: place })).toBeVisible();
};

export const writePost: Write = async (page, { posts }, name) => {
  const text = `Kabar ${name} dari pulau.`;
  await page.getByRole('button', { name: 'Tulis', exact: true }).first().click();
  await page.getByRole('textbox', { name: 'Isi' }).fill(text);
  posts.set(text, false);
  await page.getByRole('button', { name: 'Kirim', exact: true }).click();
  await expect(page.locator('article', { hasText: text })).toBeVisible();
  posts.set(text, true);
};

/** Likes the newest post of hers, or takes that back. */
const like: Write = async (page, ledger) => {
  const text = acknowledgedPosts(ledger).at(-1);
  if (text === undefined) return;
  const register = ledger.likes.get(text) ?? new Register(false);
  ledger.likes.set(text, register);
  const button = page.locator('article', { hasText: text }).getByRole('button', { name: /^Suka/ });
  const pressed = async () => (await button.getAttribute('aria-pressed')) === 'true';
  // A post may stand there a moment before what she thinks of it.
  const message = `what the screen says of her like of “${text}”`;
  await expect.poll(async () => register.allows(await pressed()), { message }).toBe(true);
  const was = await pressed();
  register.tries(!was);
  await button.click();
  await expect(button).toHaveAttribute('aria-pressed', String(!was));
  register.acknowledges(!was);
};

const describeSkills: Write = async (page, { skills }, name) => {
  const text = `Keahlian ${name}.`;
  await go(page, 'Profil');
  await page.getByRole('button', { name: 'Ubah Keahlian' }).click();
  await page.getByRole('textbox', { name: 'Keahlian' }).fill(text);
  skills.tries(text);
  await page.getByRole('button', { name: 'Simpan' }).click();
  await expect(page.getByText(text)).toBeVisible();
  await expect(page.getByRole('dialog')).toBeHidden();
  skills.acknowledges(text);
  await go(page, 'Beranda');
};

/** Posts are what a person would miss most, so most writes are posts. */
export const WRITES: readonly Write[] = [writePost, writePost, writePost, like, describeSkills];
