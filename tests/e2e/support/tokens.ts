import type { Page } from '@playwright/test';

declare function tellTokens(grant: unknown): Promise<void>;

/**
 * The tokens that the page is given, as they come. The page itself tells of them: the browser's debugger now and then
 * has the body of an answer no more, and to route the requests would turn off the HTTP cache that is searched.
 */
export async function tokensOf(page: Page): Promise<string[]> {
  const tokens: string[] = [];
  await page.exposeFunction('tellTokens', (grant: { access: string; refresh: string }) => {
    tokens.push(grant.access, grant.refresh);
  });
  await page.addInitScript(() => {
    const { fetch } = window;
    window.fetch = async (...request) => {
      const response = await fetch(...request);
      if (new URL(response.url).pathname.startsWith('/api/session') && response.ok && response.status === 200)
        await tellTokens(await response.clone().json());
      return response;
    };
  });
  return tokens;
}
