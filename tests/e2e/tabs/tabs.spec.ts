import { expect, test, type Page } from '@playwright/test';
import { randomBytes, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { personDatabase } from '../../../src/lib/domain/databases.ts';
import { testBrowser, type TestBrowser } from '../support/browser.ts';
import { copiesOf, documentsIn } from '../support/database.ts';
import { PASSWORD, personOf } from '../support/person.ts';
import { testServer, type TestServer } from '../support/server.ts';
import { buildTabPage } from './build.ts';
import type { Write } from './page/tab.ts';

const TABS = 5;
const WRITES = 1_000;
const ACCOUNT = 'guru';
/** How long a person may be without a leader. The goal is a second; a busy machine is given more, ms. */
const FAILOVER = 5_000;

const place = { slot: randomUUID(), key: [...randomBytes(32)] };
const course = `course:${randomUUID()}`;
let folder: string;
let server: TestServer;
let browser: TestBrowser;

test.beforeAll(async () => {
  folder = await buildTabPage();
  server = await testServer({ SMARTASN_BUILD: folder });
  await server.start();
  browser = await testBrowser();
});

test.afterAll(async () => {
  await browser?.dispose();
  await server?.dispose();
  if (folder) await rm(folder, { recursive: true });
});

async function openTab(credentials = {}): Promise<Page> {
  const page = await browser.context.newPage();
  await page.goto(server.origin);
  await page.evaluate((where) => window.tab.open(where), { ...place, ...credentials });
  return page;
}

/** The one tab that leads, once there is one. */
async function leaderOf(tabs: Page[]): Promise<{ leader: Page; since: number }> {
  const found: { leader: Page; since: number }[] = [];
  await expect
    .poll(async () => {
      const times = await Promise.all(tabs.map((tab) => tab.evaluate(() => window.tab.leadsSince())));
      found.length = 0;
      tabs.forEach((leader, index) => {
        const since = times[index];
        if (since !== undefined) found.push({ leader, since });
      });
      return found.length;
    })
    .toBe(1);
  const [only] = found;
  if (!only) throw new Error('no tab leads');
  return only;
}

const ENDS = {
  closed: (page: Page) => page.close(),
  async crashed(page: Page) {
    const crash = page.waitForEvent('crash');
    const session = await browser.context.newCDPSession(page);
    // The renderer dies before it can answer.
    session.send('Page.crash').catch(() => undefined);
    await crash;
  }
};

/** Tabs that were ended; what they were writing may or may not be kept. */
const dead = new Set<Page>();

/** Ends the tab that leads and opens another at the end of the line; answers how long nobody led, ms. */
async function endLeader(tabs: Page[], how: keyof typeof ENDS): Promise<number> {
  const { leader } = await leaderOf(tabs);
  tabs.splice(tabs.indexOf(leader), 1);
  dead.add(leader);
  const ended = Date.now();
  await ENDS[how](leader);
  const { since } = await leaderOf(tabs);
  if (!leader.isClosed()) await leader.close();
  tabs.push(await openTab());
  return since - ended;
}

/** All tabs write at the same time until so many writes are acknowledged; `acknowledged` tells which. */
async function writeUntil(count: number, tabs: Page[], acknowledged: Set<string>, make: () => Write): Promise<void> {
  await Promise.all(
    tabs.map(async (tab) => {
      while (acknowledged.size < count && !dead.has(tab)) {
        const write = make();
        const writing = tab.evaluate((what) => window.tab.write(what), write);
        const isKept = await writing.then(
          () => true,
          (error: unknown) => {
            if (!dead.has(tab)) throw error;
          }
        );
        if (isKept) acknowledged.add(write.text);
      }
    })
  );
}

test('five tabs write a thousand times between each other, their leaders die, and everything is everywhere', async () => {
  test.setTimeout(300_000);
  const tabs = [await openTab({ account: ACCOUNT, password: PASSWORD })];
  while (tabs.length < TABS) tabs.push(await openTab());
  const { leader } = await leaderOf(tabs);
  await expect.poll(() => leader.evaluate(() => window.tab.channel())).toBeDefined();
  const channel = (await leader.evaluate(() => window.tab.channel())) ?? '';

  const acknowledged = new Set<string>();
  let number = 0;
  const make = (): Write => {
    number += 1;
    return { kind: number % 5 === 0 ? 'chapter' : 'post', text: `tulisan ${number}`, channel, course };
  };
  const gaps: number[] = [];
  for (const [index, how] of (['closed', 'crashed', 'closed', 'crashed'] as const).entries()) {
    const writing = writeUntil((WRITES / 5) * (index + 1), [...tabs], acknowledged, make);
    gaps.push(await endLeader(tabs, how));
    await writing;
  }
  await writeUntil(WRITES, tabs, acknowledged, make);
  console.log(`tabs: ${acknowledged.size} writes; nobody led for ${gaps.join(', ')} ms`);
  expect(Math.max(...gaps)).toBeLessThan(FAILOVER);

  const [first = [], ...others] = await Promise.all(tabs.map((tab) => tab.evaluate(() => window.tab.kept())));
  expect(first).toEqual(expect.arrayContaining([...acknowledged]));
  for (const kept of others) expect(kept.sort()).toEqual(first.sort());

  const { leader: last } = await leaderOf(tabs);
  await expect.poll(() => last.evaluate(() => window.tab.waiting()), { timeout: 60_000 }).toBe(0);
  const person = await personOf(server.origin, ACCOUNT);
  const own = await documentsIn(server.data, personDatabase(person));
  const chapters = own.flatMap((doc) => (doc.type === 'progress' ? Object.keys(doc.done ?? {}) : []));
  const delivered = async () => {
    const posts = (await copiesOf(server.data, person, 'channel-')).filter(({ type }) => type === 'post');
    return [...posts.map(({ text }) => String(text)).filter((text) => text.startsWith('tulisan')), ...chapters].sort();
  };
  await expect.poll(delivered, { timeout: 60_000 }).toEqual(first.sort());
});
