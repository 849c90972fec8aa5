import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { channelDatabase } from '../../src/lib/domain/databases.ts';
import type { Couch } from '../couch/types.ts';
import { openDatabase } from '../registry/database.ts';
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

/** A database that dies for its courier at write number `at`; `dead` resolves at that moment. */
function dyingAt(couch: Couch, at: number, last: Fault) {
  const death = Promise.withResolvers<void>();
  let writes = 0;
  let dead = false;
  const view = faulty(couch, (method, target) => {
    if (dead) return 'unreachable';
    if (method === 'PUT' || target.includes('_bulk_docs')) writes += 1;
    if (writes < at) return 'none';
    dead = true;
    death.resolve();
    return last;
  });
  return { view, dead: death.promise };
}

const STEPS = [
  ['before the copies', 1, 'unreachable'],
  ['after the copies', 1, 'answer-lost'],
  ['before the receipts', 2, 'unreachable'],
  ['after the receipts', 2, 'answer-lost'],
  ['before the checkpoint', 3, 'unreachable'],
  ['after the checkpoint', 3, 'answer-lost']
] as const;

test.each(STEPS)('a courier killed %s: the next one delivers, and nothing twice', async (_, at, last) => {
  const channel = newChannel();
  const ani = await bed.join('Ani', channel);
  // The channel exists, so that the first write is the copies.
  await bed.couch.provision(channelDatabase(channel));
  const post = makePost('Halo', channel);
  await bed.write(ani, post, makeComment(post._id, 'Setuju', channel));

  const { view, dead } = dyingAt(bed.couch, at, last);
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

test('two couriers at once, by mistake, still deliver every post once', async () => {
  const channel = newChannel();
  const ani = await bed.join('Ani', channel);
  const posts = Array.from({ length: 40 }, (_, index) => makePost(`Nomor ${index}`, channel));
  const couriers = await Promise.all([bed.start(), bed.start()]);
  for (const post of posts) await bed.write(ani, post);
  await Promise.all(couriers.map((courier) => courier.idle()));
  await Promise.all(couriers.map((courier) => courier.stop()));
  for (const post of posts) {
    expect(await bed.copy(channel, post._id)).toMatchObject({ text: post.body.versions[0]?.text });
    expect(await bed.receipt(ani, post._id)).toMatchObject({ edit: post.edit, status: 'delivered' });
  }
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
