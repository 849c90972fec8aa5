import { chromium, expect, type BrowserContext } from '@playwright/test';
import { mkdtemp, readlink, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { CHROMIUM } from '../../support/chromium.ts';
import { watchViolations } from './violations.ts';

/** A browser of one person with a profile on disk: closing and opening it again keeps what the disk keeps. */
export interface TestBrowser {
  profile: string;
  context: BrowserContext;
  /** What its pages tried against their policy; `dispose` fails when there is any. */
  violations: string[];
  /** Closes the browser and opens it again on the same profile. */
  reopen(): Promise<void>;
  /** SIGKILL to all processes of the browser at once, as an empty battery would. */
  crash(): Promise<void>;
  dispose(): Promise<void>;
}

export async function testBrowser(
  options: { locale?: string; width?: number; height?: number; args?: string[] } = {}
): Promise<TestBrowser> {
  const profile = await mkdtemp(path.join(os.tmpdir(), 'smartasn-profile-'));
  const violations: string[] = [];
  const open = async () => {
    const context = await chromium.launchPersistentContext(profile, {
      headless: true,
      ...CHROMIUM,
      args: [...CHROMIUM.args, ...(options.args ?? [])],
      locale: options.locale ?? 'id-ID',
      timezoneId: 'Asia/Jayapura',
      viewport: { width: options.width ?? 360, height: options.height ?? 740 }
    });
    await watchViolations(context, violations);
    return context;
  };
  const browser: TestBrowser = {
    profile,
    context: await open(),
    violations,
    async reopen() {
      await browser.context.close();
      browser.context = await open();
    },
    async crash() {
      const closed = browser.context.waitForEvent('close');
      process.kill(-(await mainProcess(profile)), 'SIGKILL');
      await closed;
    },
    async dispose() {
      await browser.context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 10 });
      expect(violations, 'the content security policy was violated').toEqual([]);
    }
  };
  return browser;
}

/** The browser's main process, which leads the group of all its processes, by the lock that it keeps on its profile. */
async function mainProcess(profile: string): Promise<number> {
  const lock = await readlink(path.join(profile, 'SingletonLock'));
  return Number(lock.split('-').at(-1));
}
