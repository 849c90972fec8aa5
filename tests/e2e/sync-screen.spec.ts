import { expect, test, type Page, type Request } from '@playwright/test';
import { newPost } from '../../src/lib/domain/documents/compose.ts';
import { POST_LIMIT } from '../../src/lib/domain/documents/post.ts';
import type { SyncRequest } from '../../src/lib/domain/sync-protocol.ts';
import { pageOf, signIn, unlock } from './support/person.ts';
import { writeElsewhere } from './support/second-device.ts';
import { testStage } from './support/stage.ts';

const COURSE = 'Air Bersih dan Sanitasi Sekolah';
const LONG = `Laporan kegiatan. ${'Air sumur diperiksa lagi. '.repeat(POST_LIMIT / 20)}`;
const SHORT = 'Laporan kegiatan: air sumur sudah diperiksa.';

const stage = testStage();

const card = (page: Page, name: string | RegExp) => page.getByRole('region', { name });
const checkNow = (page: Page) => page.getByRole('button', { name: 'Sinkronkan sekarang' });
const outcome = (page: Page) => page.locator('[data-check]');

async function openScreen(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('link', { name: 'Sinkronisasi' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sinkronisasi' })).toBeVisible();
}

const UNITS: Record<string, number> = { B: 1, KB: 1_000, MB: 1_000_000 };

/** Bytes in words as the screen has them. */
function bytesIn(words: string): number {
  const [, value = '', unit = ''] = /([\d,.]+) (B|KB|MB)/.exec(words) ?? [];
  return Number(value.replace('.', '').replace(',', '.')) * (UNITS[unit] ?? Number.NaN);
}

/** Bytes that the screen says were received today. */
const receivedToday = async (page: Page): Promise<number> =>
  bytesIn(await card(page, 'Data yang terpakai').locator('dd.parts').first().innerText());

/** What the browser itself counted on the wire, heads included, of answers that the server gave to this person. */
async function wireOf(page: Page): Promise<() => number> {
  const devtools = await page.context().newCDPSession(page);
  const asked = new Map<string, number>();
  devtools.on('Network.requestWillBeSent', ({ requestId, request }) => {
    const { pathname } = new URL(request.url);
    if (/^\/(db|media|api)\//.test(pathname) || (pathname === '/sync' && request.method === 'POST'))
      asked.set(requestId, 0);
  });
  const came = (requestId: string, bytes: number): void => {
    const before = asked.get(requestId);
    if (before !== undefined) asked.set(requestId, before + bytes);
  };
  // A held answer may still go on, or be given up by the device: what came of it counts all the same.
  devtools.on('Network.responseReceived', ({ requestId, response }) => came(requestId, response.encodedDataLength));
  devtools.on('Network.dataReceived', ({ requestId, encodedDataLength }) => came(requestId, encodedDataLength));
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (asked.has(requestId)) asked.set(requestId, encodedDataLength);
  });
  await devtools.send('Network.enable');
  return () => [...asked.values()].reduce((sum, bytes) => sum + bytes, 0);
}

/** Requests for news: those that the server has not answered whole, and how long each may be held, seconds. */
function newsRequests(page: Page) {
  const open = new Set<Request>();
  const holds: number[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'POST' || new URL(request.url()).pathname !== '/sync') return;
    open.add(request);
    holds.push((request.postDataJSON() as SyncRequest).wait ?? 0);
  });
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
  return { open, holds };
}

test('the sync screen tells the truth, with the server dead and alive, and has a way out of a refusal', async () => {
  const page = await pageOf(stage.browser.context);
  const wire = await wireOf(page);
  await signIn(page, stage.server.origin, 'guru');

  await test.step('each source says when it was fresh', async () => {
    await openScreen(page);
    await expect(card(page, 'Semua sudah sama')).toBeVisible();
    const times = card(page, 'Kapan terakhir segar').locator('dd');
    await expect(times.filter({ hasText: /^baru saja$/ })).toHaveCount(await times.count());
    expect(await times.count()).toBeGreaterThan(4);
  });

  await test.step('asking now ends in a clear word', async () => {
    await checkNow(page).click();
    await expect(outcome(page)).toHaveText(/^Selesai pukul \d\d\.\d\d\./);
  });

  await test.step('bytes are what the browser saw on the wire, a course included', async () => {
    await page.getByRole('link', { name: 'Belajar', exact: true }).first().click();
    await page.getByRole('link', { name: COURSE }).first().click();
    await page.getByRole('button', { name: /^Unduh/ }).click();
    await expect(page.getByRole('link', { name: 'Mulai belajar' })).toBeVisible();
    await openScreen(page);
    // Both sides hear of the last bytes when it suits the browser.
    await expect.poll(async () => Math.abs((await receivedToday(page)) / wire() - 1)).toBeLessThan(0.1);
  });

  await test.step('without a server the screen says so, and what is safe', async () => {
    await stage.server.kill();
    await checkNow(page).click();
    await expect(outcome(page)).toHaveText(/^Server tidak menjawab\./);
    await expect(card(page, 'Tanpa sinyal')).toContainText('terkirim sendiri saat sinyal kembali');
    await stage.server.start();
    await expect(card(page, 'Semua sudah sama')).toBeVisible();
  });

  await test.step('who saves data holds no request, and asks when she wants', async () => {
    const { open, holds } = newsRequests(page);
    await checkNow(page).click();
    await expect.poll(() => open.size).toBe(1);
    await expect.poll(() => holds.at(-1)).toBeGreaterThan(0);
    const saver = page.getByRole('switch', { name: /^Hemat data/ });
    await saver.check();
    await expect.poll(() => open.size).toBe(0);
    const held = holds.filter((seconds) => seconds > 0).length;
    await checkNow(page).click();
    await expect(outcome(page)).toHaveText(/^Selesai/);
    await expect.poll(() => open.size).toBe(0);
    expect(holds.filter((seconds) => seconds > 0)).toHaveLength(held);
    await saver.uncheck();
    await expect.poll(() => holds.at(-1)).toBeGreaterThan(0);
  });

  await test.step('a refused text is told with its reason, and is sent after it was mended', async () => {
    await writeElsewhere(stage.server.origin, 'guru', [newPost('nasional', 'cerita', LONG)]);
    const refused = card(page, 'Ditolak (1)');
    await expect(refused.locator('[data-state="refused"]')).toHaveText(/terlalu panjang/);
    await refused.getByRole('button', { name: 'Perbaiki' }).click();
    const sheet = page.getByRole('dialog');
    await expect(sheet.getByLabel('Isi')).toHaveValue(LONG);
    await sheet.getByRole('button', { name: 'Kirim' }).click();
    await expect(sheet.getByText(/^Terlalu panjang/)).toBeVisible();
    await sheet.getByLabel('Isi').fill(SHORT);
    await sheet.getByRole('button', { name: 'Kirim' }).click();
    await expect(refused).toBeHidden();
    const sent = card(page, 'Baru saja terkirim').getByRole('listitem').filter({ hasText: SHORT });
    await expect(sent.locator('[data-state="delivered"]')).toBeVisible();
  });

  await test.step('a text for a room that is not hers can be asked about and thrown away', async () => {
    const post = newPost('ruang-lain', 'cerita', 'Salah ruang.');
    await writeElsewhere(stage.server.origin, 'guru', [post]);
    const refused = card(page, 'Ditolak (1)');
    await refused.getByRole('button', { name: 'Tanyakan' }).click();
    await expect(page.getByRole('dialog').getByText(post._id)).toBeVisible();
    await page.getByRole('dialog').getByRole('button', { name: 'Tutup' }).click();
    await refused.getByRole('button', { name: 'Buang' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Buang', exact: true }).click();
    await expect(refused).toBeHidden();
  });

  await test.step('the next day of work begins where this one ended', async () => {
    await page.getByRole('switch', { name: /^Hemat data/ }).check();
    await checkNow(page).click();
    await expect(outcome(page)).toHaveText(/^Selesai/);
    const before = await receivedToday(page);
    await stage.browser.reopen();
    const again = await pageOf(stage.browser.context);
    await unlock(again, `${stage.server.origin}/sync`);
    await expect(again.getByRole('switch', { name: /^Hemat data/ })).toBeChecked();
    await expect.poll(() => receivedToday(again)).toBeGreaterThanOrEqual(before);
  });
});
