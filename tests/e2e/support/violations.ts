import type { BrowserContext } from '@playwright/test';

const MARK = 'policy violation';
const TOLD = /content security policy|trusted ?(html|script|type)/i;

/**
 * Notes everything on the pages of a browser that its content security policy or Trusted Types forbade: what the page
 * itself hears of, and what the browser says on the console, also of workers.
 */
export async function watchViolations(context: BrowserContext, found: string[]): Promise<void> {
  context.on('console', (message) => {
    const text = message.text();
    const { url, lineNumber } = message.location();
    if (text.startsWith(MARK) || TOLD.test(text)) found.push(`${text} (${url}:${lineNumber})`);
  });
  await context.addInitScript((mark) => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { effectiveDirective, blockedURI, sample, sourceFile, lineNumber } = event;
      console.error(mark, effectiveDirective, blockedURI, sample, `${sourceFile}:${lineNumber}`);
    });
  }, MARK);
}
