import type { Page } from '@playwright/test';
import type { Proxy } from './link/proxy.ts';

/** What something cost on the wire, headers included. */
export interface Spent {
  requests: number;
  up: number;
  down: number;
  /** Bytes of `up` that are headers of Chromium's own, which no page can leave out. */
  browser: number;
}

type Headers = [name: string, value: string][];

/** Headers that say what the request is about; all others are the browser's. */
const NEEDED = new Set(['host', 'authorization', 'content-type', 'content-length', 'accept']);

const sizeOf = (headers: Headers): number =>
  headers.reduce((sum, [name, value]) => sum + name.length + value.length + ': \r\n'.length, 0);

/** Counts what a page sends to the server's interfaces and gets through the proxy. */
export async function meter(page: Page, proxy: Proxy) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const calls = new Map<string, { body: string; headers?: Headers }>();
  const listeners = new Set<() => void>();
  // The two events about one request come in any order.
  const waiting = new Map<string, Headers>();
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (!/\/(db|sync|api)\b/.test(new URL(request.url).pathname)) return;
    calls.set(requestId, { body: request.postData ?? '', headers: waiting.get(requestId) });
    for (const listener of listeners) listener();
  });
  session.on('Network.requestWillBeSentExtraInfo', ({ requestId, headers }) => {
    const call = calls.get(requestId);
    if (call) call.headers = Object.entries(headers);
    else waiting.set(requestId, Object.entries(headers));
    for (const listener of listeners) listener();
  });
  const sent = () => [...calls.values()];
  const ownOf = (headers: Headers = []) => sizeOf(headers.filter(([name]) => !NEEDED.has(name.toLowerCase())));

  async function spent<T>(act: () => Promise<T>): Promise<[T, Spent]> {
    const before = proxy.counts();
    const from = calls.size;
    const result = await act();
    const after = proxy.counts();
    const made = sent().slice(from);
    const browser = made.reduce((sum, { headers }) => sum + ownOf(headers), 0);
    return [result, { requests: made.length, up: after.up - before.up, down: after.down - before.down, browser }];
  }

  return {
    spent,
    /** The same with the request that waits for it, which was sent before. */
    async withHeld(act: () => Promise<void>): Promise<Spent> {
      const { headers = [], body = '' } = sent().at(-1) ?? {};
      const up = 'POST /sync HTTP/1.1\r\n\r\n'.length + sizeOf(headers) + body.length;
      const [, more] = await spent(act);
      return { requests: 1, up: up + more.up, down: more.down, browser: ownOf(headers) };
    },
    /** Resolves when the page has sent a request that waits for news. */
    async held(act: () => Promise<void>): Promise<void> {
      const from = calls.size;
      const sending = new Promise<void>((resolve) => {
        listeners.add(() => {
          if (
            sent()
              .slice(from)
              .some(({ headers, body }) => headers && body.includes('"live":true'))
          )
            resolve();
        });
      });
      await act();
      await sending;
    }
  };
}
