import { expect, type Page } from '@playwright/test';
import path from 'node:path';
import { answers, readAnnouncement } from '../../../server/couch/data-folder.ts';
import { testBrowser, type TestBrowser } from '../support/browser.ts';
import { pageOf, signIn, unlock } from '../support/person.ts';
import { serverProcess } from '../support/process.ts';
import { testServer } from '../support/server.ts';

/** What can be killed. `power` is all of it at the same moment. */
export const KINDS = ['browser', 'gateway', 'courier', 'database', 'power'] as const;
export type Kind = (typeof KINDS)[number];

/** One person's browser, and the server in processes that can be killed apart. */
export interface World {
  data: string;
  origin: string;
  page(): Promise<Page>;
  /** Starts what is dead of these; the browser is unlocked with the PIN. */
  revive(kinds: readonly Kind[]): Promise<void>;
  kill(kind: Kind): Promise<void>;
  dispose(): Promise<void>;
}

/** Starts everything and signs the person in. */
export async function openWorld(account: string): Promise<World> {
  const gateway = await testServer({ SMARTASN_PARTS: 'gateway' });
  const { data, origin } = gateway;
  const courier = serverProcess({ SMARTASN_PARTS: 'courier', SMARTASN_DATA: data }, /SmartASN: courier/);
  await gateway.start();
  await courier.start();
  const browser = await testBrowser();
  let isOpen = true;
  const page = () => pageOf(browser.context);
  await signIn(await page(), origin, account);
  await (await page()).evaluate(() => navigator.serviceWorker.ready.then(() => undefined));

  const kill: Record<Kind, () => Promise<unknown>> = {
    browser: async () => {
      if (!isOpen) return;
      isOpen = false;
      await browser.crash();
    },
    gateway: () => gateway.kill(),
    courier: () => courier.kill(),
    database: () => killDatabase(data),
    power: () => Promise.all([kill.browser(), kill.gateway(), kill.courier(), kill.database()])
  };
  const revive: Record<Kind, () => Promise<unknown>> = {
    browser: async () => {
      if (isOpen) return;
      await reopen(browser, origin);
      isOpen = true;
    },
    gateway: async () => gateway.alive || gateway.start(),
    courier: async () => courier.alive || courier.start(),
    // Whoever needs it starts it.
    database: async () => undefined,
    power: async () => {
      for (const kind of ['gateway', 'courier', 'browser'] as const) await revive[kind]();
    }
  };
  return {
    data,
    origin,
    page,
    async revive(kinds) {
      for (const kind of kinds) await revive[kind]();
    },
    kill: async (kind) => void (await kill[kind]()),
    async dispose() {
      await browser.dispose();
      await courier.kill();
      await gateway.dispose();
    }
  };
}

async function reopen(browser: TestBrowser, origin: string): Promise<void> {
  await browser.reopen();
  const page = await pageOf(browser.context);
  await unlock(page, `${origin}/feed`);
  await expect(page.locator('article').first()).toBeVisible();
}

/** Kills the process of the embedded database, which is a child of whichever process needed it first. */
async function killDatabase(data: string): Promise<void> {
  const announcement = await readAnnouncement(path.join(data, 'couch'));
  // The number of a process that has ended may be another's by now: only one that answers is killed.
  if (announcement && (await answers(announcement))) process.kill(announcement.pid, 'SIGKILL');
}
