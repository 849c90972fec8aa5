import type { Browser } from '@playwright/test';
import { startProxy, type Link } from './link/proxy.ts';
import type { FirstSync, Task } from './pages/peers.ts';
import { quantile } from './statistics.ts';

export const PEERS = ['pouchdb', 'rxdb', 'smartasn'] as const;
export type Peer = (typeof PEERS)[number];

export interface Run extends FirstSync {
  /** Bytes on the wire during the first sync, headers included. */
  down: number;
  up: number;
  cuts: number;
  /** Of this project: requests and bytes of a second round with nothing new. */
  idle?: { requests: number; bytes: number };
  /** Of this project: 95th percentile of reading the newest twenty, ms. */
  read?: number;
}

/** One first sync of one contestant in a fresh profile over a link of its own. */
export async function compete(
  browser: Browser,
  port: number,
  peer: Peer,
  task: Task,
  link: Link,
  seed = 1
): Promise<Run> {
  const proxy = await startProxy(port);
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    // The page comes before the link is chosen: what is measured is the sync.
    await page.goto(proxy.origin);
    await page.waitForFunction('window.contestants');
    await page.evaluate(`window.contestants.${peer}().then((module) => (window.peer = module))`);
    proxy.use(link, seed);
    const first = await page.evaluate<FirstSync>(`window.peer.firstSync(${JSON.stringify(task)})`);
    const { down, up, cuts } = proxy.counts();
    if (first.documents < task.documents) throw new Error(`${peer} has ${first.documents} of ${task.documents}`);
    const run = { ...first, down, up, cuts };
    if (peer !== 'smartasn' || link.cutEvery) return run;
    const requests = await page.evaluate<number>(`window.peer.again(${JSON.stringify(task)})`);
    const after = proxy.counts();
    const read = quantile(await page.evaluate<number[]>('window.peer.readNewest(100)'), 0.95);
    return { ...run, idle: { requests, bytes: after.down + after.up - down - up }, read };
  } finally {
    await context.close();
    await proxy.close();
  }
}
