import { test } from '@playwright/test';
import { testBrowser, type TestBrowser } from './browser.ts';
import { testServer, type TestServer } from './server.ts';

/**
 * A server and one person's browser for the tests of a file, which build on each other; there once the first test
 * begins.
 */
export interface TestStage {
  server: TestServer;
  browser: TestBrowser;
}

export function testStage(): TestStage {
  let server: TestServer | undefined;
  let browser: TestBrowser | undefined;
  test.describe.configure({ mode: 'serial' });
  test.beforeAll(async () => {
    server = await testServer();
    await server.start();
    browser = await testBrowser();
  });
  test.afterAll(async () => {
    await browser?.dispose();
    await server?.dispose();
  });
  return {
    get server() {
      return there(server);
    },
    get browser() {
      return there(browser);
    }
  };
}

function there<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('The first test has not begun.');
  return part;
}
