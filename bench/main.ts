import { mkdir, writeFile } from 'node:fs/promises';
import { chromium, type Browser } from '@playwright/test';
import { LINKS, startProxy, type Link } from './link/proxy.ts';
import type { FirstSync, Task } from './pages/peers.ts';
import { openStage, type Stage } from './stage.ts';
import { median, quantile } from './statistics.ts';

/**
 * Peers side by side: PouchDB 9 with its defaults, RxDB 17 and this project read the same channel through the same
 * gateway in one Chromium, interleaved. `--quick` takes fewer documents and runs. Exits 1 when a goal is missed.
 */
const quick = process.argv.includes('--quick');
const DOCUMENTS = quick ? 2_000 : 10_000;
const RUNS = quick ? 3 : 5;
const PEERS = ['pouchdb', 'rxdb', 'smartasn'] as const;
type Peer = (typeof PEERS)[number];

interface Run extends FirstSync {
  /** Bytes on the wire in both directions, headers included. */
  bytes: number;
  /** Requests and bytes of a second round with nothing new. */
  idle?: { requests: number; bytes: number };
  /** 95th percentile of reading the newest twenty, ms. */
  read?: number;
}

interface Goal {
  name: string;
  value: number;
  goal: string;
  met: boolean;
}

async function run(browser: Browser, stage: Stage, peer: Peer, task: Task, link: Link): Promise<Run> {
  const proxy = await startProxy(stage.port, link);
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(proxy.origin);
    await page.waitForFunction('window.contestants');
    await page.evaluate(`window.contestants.${peer}().then((module) => (window.peer = module))`);
    const bytes = () => proxy.counts().down + proxy.counts().up;
    const before = bytes();
    const first = await page.evaluate<FirstSync>(`window.peer.firstSync(${JSON.stringify(task)})`);
    const after = bytes();
    if (first.documents < task.documents) throw new Error(`${peer} has ${first.documents} of ${task.documents}`);
    if (peer !== 'smartasn') return { ...first, bytes: after - before };
    const requests = await page.evaluate<number>(`window.peer.again(${JSON.stringify(task)})`);
    const idle = { requests, bytes: bytes() - after };
    const read = quantile(await page.evaluate<number[]>('window.peer.readNewest(100)'), 0.95);
    return { ...first, bytes: after - before, idle, read };
  } finally {
    await context.close();
    await proxy.close();
  }
}

const stage = await openStage(['loopback', 'satellite']);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync'
  ]
});
const results: Record<string, Record<string, Run[]>> = {};
try {
  const wide = await stage.channel('loopback', DOCUMENTS);
  const loopback: Record<Peer, Run[]> = { pouchdb: [], rxdb: [], smartasn: [] };
  for (let round = 0; round < RUNS; round += 1) {
    for (const peer of PEERS) {
      const taken = await run(browser, stage, peer, wide, LINKS.loopback);
      loopback[peer].push(taken);
      console.log(
        `loopback ${peer}: ${taken.complete.toFixed(0)} ms, ${taken.requests} requests, ${taken.bytes} bytes`
      );
    }
  }
  results[LINKS.loopback.name] = loopback;

  const narrow = await stage.channel('satellite', 2_000);
  const satellite: Run[] = [];
  const cut: Run[] = [];
  for (let round = 0; round < (quick ? 1 : 3); round += 1) {
    satellite.push(await run(browser, stage, 'smartasn', narrow, LINKS.satellite));
    cut.push(await run(browser, stage, 'smartasn', narrow, LINKS.satelliteCut));
  }
  results[LINKS.satellite.name] = { smartasn: satellite };
  results[LINKS.satelliteCut.name] = { smartasn: cut };

  const complete = (peer: Peer) => median(loopback[peer].map((taken) => taken.complete));
  const of = (runs: Run[], value: (taken: Run) => number | undefined) =>
    median(runs.map((taken) => value(taken) ?? NaN));
  const wire =
    of(satellite, (taken) => taken.complete) / ((of(satellite, (taken) => taken.bytes) * 8_000) / LINKS.satellite.rate);
  const again = of(cut, (taken) => taken.bytes) / of(satellite, (taken) => taken.bytes);
  const goal = (name: string, value: number, least: boolean, bound: number): Goal => ({
    name,
    value,
    goal: `${least ? '≥' : '≤'} ${bound}`,
    met: least ? value >= bound : value <= bound
  });
  const goals = [
    goal(`P3 first sync of ${DOCUMENTS}, PouchDB ÷ ours`, complete('pouchdb') / complete('smartasn'), true, 5),
    goal(`P3 first sync of ${DOCUMENTS}, RxDB ÷ ours`, complete('rxdb') / complete('smartasn'), true, 2),
    goal(
      'P4 requests of the first sync',
      of(loopback.smartasn, (taken) => taken.requests),
      false,
      3
    ),
    goal(
      'P4 requests with nothing new',
      of(loopback.smartasn, (taken) => taken.idle?.requests),
      false,
      1
    ),
    goal(
      'P6 first screen at 150 kbit/s, ms',
      of(satellite, (taken) => taken.usable),
      false,
      3_000
    ),
    goal('P6 complete ÷ (bytes ÷ rate)', wire, false, 1.15),
    goal('P7 bytes with cuts ÷ uncut', again, false, 1.1),
    goal(
      `P8 newest 20 of ${DOCUMENTS}, p95 ms`,
      of(loopback.smartasn, (taken) => taken.read),
      false,
      8
    )
  ];
  console.table(
    PEERS.map((peer) => ({
      peer,
      'complete, ms': Math.round(complete(peer)),
      'usable, ms': Math.round(of(loopback[peer], (taken) => taken.usable)),
      requests: of(loopback[peer], (taken) => taken.requests),
      bytes: of(loopback[peer], (taken) => taken.bytes)
    }))
  );
  console.table(goals.map((row) => ({ ...row, value: Number(row.value.toPrecision(3)) })));
  await mkdir('bench/results', { recursive: true });
  const name = quick ? 'quick' : 'full';
  await writeFile(
    `bench/results/${name}.json`,
    `${JSON.stringify({ at: new Date().toISOString(), goals, results }, undefined, 1)}\n`
  );
  process.exitCode = goals.every((row) => row.met) ? 0 : 1;
} finally {
  await browser.close();
  await stage.close();
}
