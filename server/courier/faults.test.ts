import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { channelDatabase } from '../../src/lib/domain/databases.ts';
import type { OwnPost } from '../../src/lib/domain/documents/post.ts';
import { Answer } from '../couch/answer.ts';
import type { Couch } from '../couch/types.ts';
import { openDatabase } from '../registry/database.ts';
import type { Person } from '../registry/types.ts';
import { makeComment, makePost } from './fixtures.ts';
import { faulty, openTestbed, type Fault, type Testbed } from './testbed.ts';

// Real databases on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let bed: Testbed;
let count = 0;
const newChannel = (): string => `unit-${(count += 1)}`;

beforeAll(async () => {
  bed = await openTestbed();
});

afterAll(() => bed.close());

/** A database that dies for its courier at its first such write; `dead` resolves at that moment. */
function dyingAt(couch: Couch, write: RegExp, last: Fault) {
  const death = Promise.withResolvers<void>();
  let dead = false;
  const view = faulty(couch, (method, target) => {
    if (dead) return 'unreachable';
    if (!write.test(`${method} ${target}`)) return 'none';
    dead = true;
    death.resolve();
    return last;
  });
  return { view, dead: death.promise };
}

/** The database's answer that it cannot do this. */
const failing = (status: number): Answer => new Answer(status, {}, Readable.from(['{"error":"refused"}']));

const COPIES = /^POST \/channel-[^/]*\/_bulk_docs/;
const RECEIPTS = /^POST \/person-[^/]*\/_bulk_docs/;
const CHECKPOINT = /^PUT \/person-[^/]*\/_local\//;
const PLACE = /^PUT \/registry\/_local\/courier-updates/;

const STEPS: [string, RegExp, Fault][] = [
  ['before the copies', COPIES, 'unreachable'],
  ['after the copies', COPIES, 'answer-lost'],
  ['before the receipts', RECEIPTS, 'unreachable'],
  ['after the receipts', RECEIPTS, 'answer-lost'],
  ['before the checkpoint', CHECKPOINT, 'unreachable'],
  ['after the checkpoint', CHECKPOINT, 'answer-lost'],
  ['before its place is kept', PLACE, 'unreachable'],
  ['after its place is kept', PLACE, 'answer-lost']
];

test.each(STEPS)('a courier killed %s: the next one delivers, and nothing twice', async (_, write, last) => {
  const channel = newChannel();
  const ani = await bed.join('Ani', channel);
  await bed.couch.provision(channelDatabase(channel));
  const post = makePost('Halo', channel);
  await bed.write(ani, post, makeComment(post._id, 'Setuju', channel));

  const { view, dead } = dyingAt(bed.couch, write, last);
  const killed = await bed.start(view);
  await dead;
  await killed.stop();

  const next = await bed.start();
  await next.idle();
  await next.stop();
  expect((await bed.copy(channel, post._id))?._rev).toMatch(/^1-/);
  expect(await bed.receipt(ani, post._id)).toMatchObject({
    edit: post.edit,
    status: 'delivered',
    _rev: expect.stringMatching(/^1-/)
  });
  const { at: told } = (await bed.receipt(ani, post._id)) ?? {};
  expect(told).toBe((await bed.copy(channel, post._id))?.receivedAt);
});

test('what was written while no courier ran is delivered at its start, and only once', async () => {
  const channel = newChannel();
  const ani = await bed.join('Ani', channel);
  const posts = [makePost('Satu', channel), makePost('Dua', channel)];
  await bed.write(ani, ...posts);
  for (let run = 0; run < 2; run += 1) {
    const courier = await bed.start();
    await courier.idle();
    await courier.stop();
  }
  const page = await openDatabase(bed.couch, 'courier', channelDatabase(channel)).changes(0, 10);
  const found = page.results.filter(({ id }) => id.startsWith('post:'));
  expect(found.map(({ doc }) => doc.text)).toEqual(['Satu', 'Dua']);
  expect(found.every(({ doc }) => doc._rev.startsWith('1-'))).toBe(true);
});

/** Whether everything has arrived, exactly once. */
async function expectDelivered(channel: string, posts: { author: Person; post: OwnPost }[]): Promise<void> {
  for (const { author, post } of posts) {
    const once = expect.stringMatching(/^1-/);
    const text = post.body.versions[0]?.text;
    expect(await bed.copy(channel, post._id)).toMatchObject({ text, by: { id: author.id }, _rev: once });
    expect(await bed.receipt(author, post._id)).toMatchObject({ edit: post.edit, status: 'delivered', _rev: once });
  }
}

test.each([2, 3])('%i couriers at once deliver every post once', async (count) => {
  const channel = newChannel();
  const authors = [await bed.join('Ani', channel), await bed.join('Budi', channel), await bed.join('Citra', channel)];
  const posts = Array.from({ length: 60 }, (_, index) => ({
    author: authors[index % authors.length] as Person,
    post: makePost(`Nomor ${index}`, channel)
  }));
  const couriers = await Promise.all(Array.from({ length: count }, () => bed.start()));
  for (const { author, post } of posts) await bed.write(author, post);
  await Promise.all(couriers.map((courier) => courier.idle()));
  await Promise.all(couriers.map((courier) => courier.stop()));
  await expectDelivered(channel, posts);
});

test('when one of three couriers is killed, the others deliver what was its part', async () => {
  const channel = newChannel();
  const authors = await Promise.all(Array.from({ length: 12 }, (_, index) => bed.join(`Pegawai ${index}`, channel)));
  await bed.couch.provision(channelDatabase(channel));
  const { view, dead } = dyingAt(bed.couch, COPIES, 'answer-lost');
  const couriers = [await bed.start(view), await bed.start(), await bed.start()];
  const beats = async () => (await openDatabase(bed.couch, 'admin', 'registry').get('_local/couriers'))?.beats;
  await vi.waitFor(async () => expect(Math.min(...Object.values((await beats()) ?? {}))).toBeGreaterThan(2));
  const write = (text: string) =>
    Promise.all(
      authors.map(async (author) => {
        const post = makePost(text, channel);
        await bed.write(author, post);
        return { author, post };
      })
    );
  const before = await write('Sebelum');
  await dead;
  const after = await write('Sesudah');
  for (const { author, post } of [...before, ...after])
    await vi.waitFor(async () => expect(await bed.receipt(author, post._id)).toBeDefined());
  await Promise.all(couriers.map((courier) => courier.stop()));
  await expectDelivered(channel, [...before, ...after]);
});

test('a document that makes a channel refuse the whole call is refused alone, and others arrive with it', async () => {
  const channel = newChannel();
  const authors = [await bed.join('Ani', channel), await bed.join('Budi', channel)] as const;
  const poison = makePost('racun', channel);
  const good = [makePost('Satu', channel), makePost('Dua', channel), makePost('Tiga', channel)] as const;
  await bed.write(authors[0], good[0], poison, good[1]);
  await bed.write(authors[1], good[2]);
  const strict: Couch = {
    ...bed.couch,
    async fetch(role, target, init) {
      const isRefused = COPIES.test(`POST ${target}`) && String(init?.body).includes('racun');
      return isRefused ? failing(400) : bed.couch.fetch(role, target, init);
    }
  };
  const courier = await bed.start(strict);
  await courier.idle();
  await courier.stop();
  expect(await bed.receipt(authors[0], poison._id)).toMatchObject({ status: 'refused', reason: 'malformed' });
  await expectDelivered(channel, [
    { author: authors[0], post: good[0] },
    { author: authors[0], post: good[1] },
    { author: authors[1], post: good[2] }
  ]);
});

test('a person whose database is sick waits alone', async () => {
  const channel = newChannel();
  const [sick, well] = [await bed.join('Ani', channel), await bed.join('Budi', channel)];
  const posts = [makePost('Satu', channel), makePost('Dua', channel)] as const;
  await bed.write(sick, posts[0]);
  await bed.write(well, posts[1]);
  let isSick = true;
  const view: Couch = {
    ...bed.couch,
    fetch: async (role, target, init) =>
      isSick && target.startsWith(`/person-${sick.id}/_changes`) ? failing(500) : bed.couch.fetch(role, target, init)
  };
  const courier = await bed.start(view);
  await vi.waitFor(async () => expect(await bed.receipt(well, posts[1]._id)).toBeDefined());
  isSick = false;
  await courier.idle();
  await courier.stop();
  await expectDelivered(channel, [
    { author: sick, post: posts[0] },
    { author: well, post: posts[1] }
  ]);
});

test('an outage of the database is waited for, and then everything goes on in order', async () => {
  const channel = newChannel();
  const ani = await bed.join('Ani', channel);
  const refused = Promise.withResolvers<void>();
  let down = true;
  const view = faulty(bed.couch, (_, target) => {
    if (!down || !target.includes('_bulk_docs')) return 'none';
    refused.resolve();
    return 'unreachable';
  });
  const posts = [makePost('Satu', channel), makePost('Dua', channel)];
  await bed.write(ani, ...posts);
  const courier = await bed.start(view);
  await refused.promise;
  down = false;
  await courier.idle();
  await courier.stop();
  const page = await openDatabase(bed.couch, 'courier', channelDatabase(channel)).changes(0, 10);
  expect(page.results.filter(({ id }) => id.startsWith('post:')).map(({ doc }) => doc.text)).toEqual(['Satu', 'Dua']);
});

test('a database that the registry knows nothing about is left alone', async () => {
  const ghost = await bed.join('Hantu');
  await bed.write(ghost, makePost('Halo', newChannel()));
  const registry = openDatabase(bed.couch, 'admin', 'registry');
  const entry = await registry.get(`person:${ghost.id}`);
  await registry.bulk([{ _id: `person:${ghost.id}`, _rev: entry?._rev, _deleted: true }]);
  const courier = await bed.start();
  await courier.idle();
  await courier.stop();
  expect(bed.logged.some((line) => line.includes(ghost.id) && line.includes('nobody'))).toBe(true);
});

test('a channel that another writer is just making takes the post, and nothing is refused', async () => {
  const channel = newChannel();
  const ani = await bed.join('Ani', channel);
  // Between its creation and its `_security` CouchDB lets in nobody but the administrator.
  await bed.couch.fetch('admin', `/${channelDatabase(channel)}?q=1`, { method: 'PUT' });
  const post = makePost('Halo', channel);
  await bed.write(ani, post);
  const courier = await bed.start();
  await courier.idle();
  await courier.stop();
  expect(await bed.receipt(ani, post._id)).toMatchObject({ status: 'delivered' });
});

test('a database that goes away while a channel is made is waited for, and nothing is refused', async () => {
  const channel = newChannel();
  const ani = await bed.join('Ani', channel);
  const post = makePost('Halo', channel);
  await bed.write(ani, post);
  let isAway = true;
  const away: Couch = {
    ...bed.couch,
    provision(name) {
      if (name !== channelDatabase(channel) || !isAway) return bed.couch.provision(name);
      isAway = false;
      return Promise.reject(new Error('CouchDB: PUT: 503'));
    }
  };
  const courier = await bed.start(away);
  await courier.idle();
  await courier.stop();
  expect(await bed.receipt(ani, post._id)).toMatchObject({ status: 'delivered' });
});
