import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { SCHEMAS, UPGRADES } from '../../src/lib/domain/documents/versions.ts';
import { uuidv7 } from '../../src/lib/domain/ids.ts';
import { openDatabase, request, type Unsaved } from '../registry/database.ts';
import { personDatabase } from '../../src/lib/domain/databases.ts';
import { mergeLeaves, ownChanges } from './change.ts';
import { makePost } from './fixtures.ts';
import { openTestbed, type Testbed } from './testbed.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let bed: Testbed;

beforeAll(async () => {
  bed = await openTestbed();
});

afterEach(() => become(1));
afterAll(() => bed.close());

/** From now on this server is of the build in which posts have this schema. */
function become(posts: number): void {
  Object.assign(SCHEMAS, { post: posts });
  UPGRADES.own.post = Array.from({ length: posts - 1 }, (_, at) => (doc: object) => ({ ...doc, schema: at + 2 }));
}

/** One start of the server: everything that stands there is judged. */
async function serve(): Promise<void> {
  const courier = await bed.start();
  await courier.idle();
  await courier.stop();
}

const newChannel = (): string => `kanal-${uuidv7()}`;
const newer = (text: string, channel: string) => ({ ...makePost(text, channel), schema: 2, mood: 'cerah' });

test('what an older server could not judge is judged by the updated one, once, and nothing else is', async () => {
  const channel = newChannel();
  const ani = await bed.join('Ani', channel);
  const [post, later, plain] = [
    newer('Halo', channel),
    { ...newer('Nanti', channel), schema: 3 },
    makePost('', channel)
  ];
  await bed.write(ani, post, later, plain);
  await serve();
  for (const { _id } of [post, later]) expect(await bed.receipt(ani, _id)).toMatchObject({ reason: 'newer-schema' });
  const empty = await bed.receipt(ani, plain._id);

  become(2);
  await serve();
  expect(await bed.receipt(ani, post._id)).toMatchObject({ status: 'delivered', edit: post.edit });
  expect(await bed.copy(channel, post._id)).toMatchObject({ schema: 2, text: 'Halo' });
  expect(await bed.receipt(ani, later._id)).toMatchObject({ status: 'refused', reason: 'newer-schema' });
  expect(await bed.receipt(ani, plain._id)).toEqual(empty);

  const copy = await bed.copy(channel, post._id);
  await serve();
  expect(await bed.copy(channel, post._id)).toEqual(copy);
});

test('one that was removed meanwhile stays removed', async () => {
  const channel = newChannel();
  const ani = await bed.join('Ani', channel);
  const post = newer('Halo', channel);
  await bed.write(ani, post);
  await serve();
  await bed.write(ani, { _id: post._id, _deleted: true } satisfies Unsaved);
  become(2);
  await serve();
  expect(await bed.copy(channel, post._id)).toBeUndefined();
});

test('a courier of the new build hears what one of the old build postpones beside it', async () => {
  const channel = newChannel();
  const ani = await bed.join('Ani', channel);
  const post = newer('Halo', channel);
  await bed.write(ani, post);
  await serve();
  const own = openDatabase(bed.couch, 'courier', personDatabase(ani.id));
  const { results } = await own.changes(0, 100);
  const seq = results.find(({ id }) => id === post._id)?.seq ?? 0;
  const fromThere = await own.changes(seq, 100);
  expect(fromThere.results.map(({ id }) => id)).toEqual([`receipt:${post._id}`]);
  expect(await ownChanges(own, fromThere)).toEqual([]);
  become(2);
  expect(await ownChanges(own, fromThere)).toMatchObject([{ id: post._id, doc: post }]);
});

test('a branch that only a newer build reads speaks for all, and both are there for the updated server', async () => {
  const channel = newChannel();
  const ani = await bed.join('Ani', channel);
  const post = makePost('awal', channel);
  const branch = (schema: number, text: string, hash: string) => ({
    ...makePost(text, channel),
    _id: post._id,
    schema,
    _rev: `1-${hash.repeat(32)}`
  });
  const docs = [branch(1, 'dari aplikasi lama', 'a'), branch(2, 'dari aplikasi baru', 'b')];
  expect(mergeLeaves(docs[0] ?? {}, docs.slice(1))).toBe(docs[1]);
  await request(bed.couch, 'gateway', `/${personDatabase(ani.id)}/_bulk_docs`, {
    method: 'POST',
    body: JSON.stringify({ docs, new_edits: false })
  });
  await serve();
  expect(await bed.receipt(ani, post._id)).toMatchObject({ edit: docs[1]?.edit, reason: 'newer-schema' });
  become(2);
  await serve();
  const newest = docs.map(({ edit }) => edit).sort()[1];
  expect(await bed.receipt(ani, post._id)).toMatchObject({ edit: newest, status: 'delivered' });
});
