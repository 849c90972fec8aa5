import type { Page } from '@playwright/test';
import { newPost, rewrite } from '../../src/lib/domain/documents/compose.ts';
import type { OwnPost } from '../../src/lib/domain/documents/post.ts';
import { SCHEMAS } from '../../src/lib/domain/documents/versions.ts';
import { personDatabase } from '../../src/lib/domain/databases.ts';
import { receiptId } from '../../src/lib/domain/ids.ts';
import { openDatabase } from '../../server/registry/database.ts';
import { startProxy } from '../link/proxy.ts';
import { atMost, type BenchOptions, type Measure } from '../section.ts';
import { openStage, type Stage } from '../stage.ts';
import { meter, type Spent } from '../wire.ts';

const CASES = [
  'first pull of the own documents',
  'nothing to do',
  'an own edit',
  'ten own edits at once',
  "another device's edit",
  'a receipt',
  "a colleague's edit of a shared post"
] as const;
/** What the first edit after a request was sent costs together with that request, which would be sent anyway. */
const HELD = 'the same with the request that waited for it';
type Case = (typeof CASES)[number] | typeof HELD;

const CHANNEL = 'wide';

interface Contestant {
  name: string;
  module: 'private' | 'private-pouchdb';
  best?: boolean;
}

const CONTESTANTS: Contestant[] = [
  { name: 'ours', module: 'private' },
  { name: 'PouchDB', module: 'private-pouchdb' },
  { name: 'PouchDB, best options', module: 'private-pouchdb', best: true }
];

/** What the server's side does while a device looks on. */
function openServer({ couch, person }: Stage, database: string) {
  const own = openDatabase(couch, 'gateway', personDatabase(person));
  const receipts = openDatabase(couch, 'courier', personDatabase(person));
  const channel = openDatabase(couch, 'courier', database);
  return {
    async addOwn(count: number): Promise<void> {
      await own.bulk(Array.from({ length: count }, (_, index) => newPost(CHANNEL, 'cerita', `Catatan ${index}`)));
    },
    /** As another device of this person. Answers the edit. */
    async editOwn(id: string): Promise<string> {
      const doc = await own.get<OwnPost & { _rev: string }>(id);
      if (!doc) throw new Error(`${id} is not on the server`);
      const next = rewrite(doc, 'Kelas dibuka hari ini.');
      await own.put(next);
      return next.edit;
    },
    async receipt(id: string): Promise<void> {
      const doc = await own.get<OwnPost>(id);
      const at = new Date().toISOString();
      const base = { type: 'receipt', schema: SCHEMAS.receipt, createdAt: at, zone: 'UTC', status: 'delivered', at };
      await receipts.put({ ...base, _id: receiptId(id), of: id, edit: doc?.edit } as { _id: string });
    },
    async editShared(id: string, text: string): Promise<void> {
      const doc = await channel.get(id);
      if (!doc) throw new Error(`${id} is not in the channel`);
      await channel.put({ ...doc, text, editedAt: new Date().toISOString() } as typeof doc);
    }
  };
}

type Row = Spent & { case: Case; contestant: string };

async function compete(
  { browser, say }: BenchOptions,
  stage: Stage,
  task: { token: string; database: string; post: string },
  { name, module, best = false }: Contestant
): Promise<Row[]> {
  const server = openServer(stage, task.database);
  const proxy = await startProxy(stage.port);
  const context = await browser.newContext();
  try {
    const page: Page = await context.newPage();
    await page.goto(proxy.origin);
    await page.waitForFunction('window.contestants');
    await page.evaluate(`window.contestants['${module}']().then((module) => (window.peer = module))`);
    const wire = await meter(page, proxy);
    const call = <T>(method: string, ...given: unknown[]) =>
      page.evaluate<T>(`window.peer.${method}(${given.map((value) => JSON.stringify(value)).join(', ')})`);
    const ours = module === 'private';
    const rows: Row[] = [];
    const take = async <T>(label: Case, act: () => Promise<T>): Promise<T> => {
      const [result, spent] = await wire.spent(act);
      rows.push({ case: label, contestant: name, ...spent });
      say(`${name}: ${label}: ${spent.requests} requests, ${spent.up} up, ${spent.down} down`);
      return result;
    };

    const target = { token: task.token, person: stage.person, channel: task.database, best };
    if (ours) await call('load');
    await take('first pull of the own documents', () => call('open', target));
    if (ours) await wire.held(() => call('follow'));
    await take('nothing to do', () => call('idle'));
    const [id = ''] = await call<string[]>('write', 1, CHANNEL);
    await take('an own edit', () => call('edit'));
    await take("another device's edit", async () => {
      const edit = await server.editOwn(id);
      await (ours ? call('own', id, edit) : call('arrives'));
    });
    await take('a receipt', async () => {
      await server.receipt(id);
      await (ours ? call('delivered', id) : call('arrives'));
    });
    await take('ten own edits at once', async () => call('write', 10, CHANNEL));

    const info = await stage.couch.fetch('courier', `/${task.database}`);
    const { update_seq: since } = (await info.json()) as { update_seq: string };
    const text = (mark: string) => `Kapal perintis tiba lebih awal, vaksin sudah di puskesmas ${mark} ${name}.`;
    await server.editShared(task.post, text('pertama'));
    await (ours ? call('shared', task.post, text('pertama')) : call('follow', since));
    const arrival = async (mark: string) => {
      await server.editShared(task.post, text(mark));
      await (ours ? call('shared', task.post, text(mark)) : call('sharedArrives'));
    };
    await take("a colleague's edit of a shared post", () => arrival('kedua'));
    if (!ours) return rows;
    await wire.held(() => call('renew'));
    rows.push({ case: HELD, contestant: name, ...(await wire.withHeld(() => arrival('ketiga'))) });
    return rows;
  } finally {
    await context.close();
    await proxy.close();
  }
}

/** P4, P5: what the lanes of a device that has everything cost, beside PouchDB's replicator. */
export const measure: Measure = async (options) => {
  const shared = options.quick ? 1_000 : 10_000;
  const own = options.quick ? 200 : 1_000;
  const stage = await openStage([CHANNEL]);
  try {
    const { token, databases } = await stage.prepare(CHANNEL, shared);
    const [database = ''] = databases;
    await openServer(stage, database).addOwn(own);
    const page = await stage.couch.fetch('courier', `/${database}/_all_docs?descending=true&limit=1`);
    const { rows: newest } = (await page.json()) as { rows: { id: string }[] };
    const task = { token, database, post: newest[0]?.id ?? '' };
    const all: Row[] = [];
    for (const contestant of CONTESTANTS) {
      all.push(...(await compete(options, stage, task, contestant)));
    }
    const ours = (label: Case): Row => {
      const row = all.find((one) => one.contestant === 'ours' && one.case === label);
      if (!row) throw new Error(`${label} was not measured`);
      return row;
    };
    const sum = ({ up, down, browser }: Spent) => up + down - browser;
    const edit = ours("a colleague's edit of a shared post");
    const goals = [
      atMost('P4 requests when there is nothing to do, beyond the held one', ours('nothing to do').requests, 0),
      atMost('requests of an own edit', ours('an own edit').requests, 1),
      atMost('requests when a receipt arrives', ours('a receipt').requests, 0),
      atMost(`P5 bytes of one remote edit among ${shared}`, sum(edit), 1_024),
      atMost(`P5 bytes of one edit by the person's other device`, sum(ours("another device's edit")), 1_024)
    ];
    return {
      name: `requests / bytes up (Chromium's own headers among them) / down; ${own} own documents, ${shared} shared`,
      goals,
      table: [...CASES, HELD].map((label) => {
        const [mine, ...peers] = all.filter((row) => row.case === label);
        const text = (row: Row | undefined) =>
          row ? `${row.requests} / ${row.up} (${row.browser}) / ${row.down}` : '';
        return { case: label, ours: text(mine), PouchDB: text(peers[0]), 'PouchDB, best options': text(peers[1]) };
      }),
      data: all
    };
  } finally {
    await stage.close();
  }
};
