import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { channelDatabase, directoryDatabase, personDatabase } from '../../src/lib/domain/databases.ts';
import { uuidv7 } from '../../src/lib/domain/ids.ts';
import { setText } from '../../src/lib/domain/merge/text-register.ts';
import { openDatabase, request } from '../registry/database.ts';
import { makeComment, makePost, makeProfile, makeProgress, makeReaction } from './fixtures.ts';
import type { Courier } from './index.ts';
import { openTestbed, type Testbed } from './testbed.ts';

// Real databases on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let bed: Testbed;
let courier: Courier;
let count = 0;

/** A channel that no other test uses. */
const newChannel = (): string => `unit-${(count += 1)}`;

beforeAll(async () => {
  bed = await openTestbed();
  courier = await bed.start();
});

afterAll(async () => {
  await courier.stop();
  await bed.close();
});

test('a post, a comment and a reaction reach their channel, and each gets its receipt', async () => {
  const channel = newChannel();
  const ani = await bed.join('Ani', channel);
  const post = makePost('Halo', channel);
  const comment = makeComment(post._id, 'Setuju', channel);
  const reaction = makeReaction(post._id, ani.id, 'suka', channel);
  await bed.write(ani, comment, reaction, post);
  await courier.idle();
  expect(await bed.copy(channel, post._id)).toMatchObject({ text: 'Halo', by: { id: ani.id } });
  expect(await bed.copy(channel, comment._id)).toMatchObject({ text: 'Setuju', post: post._id });
  expect(await bed.copy(channel, reaction._id)).toMatchObject({ kind: 'suka' });
  for (const doc of [post, comment, reaction])
    expect(await bed.receipt(ani, doc._id)).toMatchObject({ edit: doc.edit, status: 'delivered' });
});

test('the feed of updates brings a new post without being asked', async () => {
  const channel = newChannel();
  const ani = await bed.join('Ani', channel);
  const first = makePost('Satu', channel);
  await bed.write(ani, first);
  await courier.idle();
  const post = makePost('Dua', channel);
  const database = `/${channelDatabase(channel)}`;
  const { update_seq: since } = await request<{ update_seq: string }>(bed.couch, 'courier', database);
  const query = new URLSearchParams({ feed: 'longpoll', since, timeout: '4000' });
  const news = request<{ results: { id: string }[] }>(bed.couch, 'courier', `${database}/_changes?${query}`);
  await bed.write(ani, post);
  expect((await news).results.map(({ id }) => id)).toEqual([post._id]);
});

test('posts of one person arrive in the order in which she stored them', async () => {
  const channel = newChannel();
  const ani = await bed.join('Ani', channel);
  const posts = Array.from({ length: 450 }, (_, index) => makePost(`Nomor ${index}`, channel));
  for (let start = 0; start < posts.length; start += 50) await bed.write(ani, ...posts.slice(start, start + 50));
  await courier.idle();
  const page = await openDatabase(bed.couch, 'courier', channelDatabase(channel)).changes(0, 1_000);
  expect(page.results.map(({ id }) => id).filter((id) => id.startsWith('post:'))).toEqual(posts.map(({ _id }) => _id));
});

test('an edit gets a receipt of its own and keeps the place of the post', async () => {
  const channel = newChannel();
  const ani = await bed.join('Ani', channel);
  const post = makePost('Halo', channel);
  await bed.write(ani, post);
  await courier.idle();
  const before = await bed.copy(channel, post._id);
  const edit = uuidv7();
  await bed.write(ani, { ...post, edit, body: setText(post.body, edit, 'Halo semua') } as typeof post);
  await courier.idle();
  expect(await bed.copy(channel, post._id)).toMatchObject({ text: 'Halo semua', receivedAt: before?.receivedAt });
  expect(await bed.receipt(ani, post._id)).toMatchObject({ edit, status: 'delivered' });
});

test('a withdrawn reaction and a deleted post disappear', async () => {
  const channel = newChannel();
  const ani = await bed.join('Ani', channel);
  const post = makePost('Halo', channel);
  const reaction = makeReaction(post._id, ani.id, 'suka', channel);
  await bed.write(ani, post, reaction);
  await courier.idle();
  const withdrawn = { ...reaction, edit: uuidv7(), kind: null };
  await bed.write(ani, withdrawn, { _id: post._id, _deleted: true });
  await courier.idle();
  expect(await bed.copy(channel, reaction._id)).toBeUndefined();
  expect(await bed.copy(channel, post._id)).toBeUndefined();
  expect(await bed.receipt(ani, reaction._id)).toMatchObject({ edit: withdrawn.edit, status: 'delivered' });
});

test('documents that break the rules get their reason, and hold up nothing', async () => {
  const channel = newChannel();
  const ani = await bed.join('Ani', channel);
  const budi = await bed.join('Budi', channel);
  const good = makePost('Baik', channel);
  const poison = { ...makePost('x', channel), body: { versions: 'bukan daftar' } };
  const strange = { ...makePost('x', channel), _id: `poll:${uuidv7()}`, type: 'poll' };
  const newer = { ...makePost('x', channel), schema: 9 };
  const stranger = makePost('x', 'channel-of-others');
  const lost = makeComment(makePost()._id, 'x', channel);
  const theirs = makeReaction(good._id, budi.id, 'suka', channel);
  await bed.write(ani, poison, strange, newer, stranger, lost, theirs, good);
  await courier.idle();
  const reasons = await Promise.all(
    [poison, strange, newer, stranger, lost, theirs].map(async ({ _id }) => (await bed.receipt(ani, _id))?.reason)
  );
  expect(reasons).toEqual(['malformed', 'unknown-type', 'newer-schema', 'not-a-member', 'no-such-target', 'not-yours']);
  expect(await bed.copy(channel, good._id)).toBeDefined();
});

test('a profile shows itself in the directory and progress is recorded', async () => {
  const ani = await bed.join('Ani', newChannel());
  const profile = makeProfile(ani.id, { about: 'Guru kelas', phone: '0812' });
  const progress = makeProgress();
  await bed.write(ani, profile, progress);
  await courier.idle();
  const entry = await openDatabase(bed.couch, 'courier', directoryDatabase(ani.agency)).get(profile._id);
  expect(entry?.fields).toEqual({ about: 'Guru kelas', education: 'S1', rank: 'III/a' });
  expect(await bed.receipt(ani, progress._id)).toMatchObject({ status: 'delivered', edit: progress.edit });
});

test('versions of two devices are delivered merged', async () => {
  const channel = newChannel();
  const ani = await bed.join('Ani', channel);
  const post = makePost('Asli', channel);
  const edits = [uuidv7(1_000), uuidv7(2_000)] as const;
  const version = (edit: string, text: string, hash: string) => ({
    ...post,
    edit,
    body: setText(post.body, edit, text),
    _rev: `2-${hash.repeat(32)}`,
    _revisions: { start: 2, ids: [hash.repeat(32), 'a'.repeat(32)] }
  });
  const docs = [version(edits[0], 'Dari ponsel', 'f'), version(edits[1], 'Dari laptop', 'b')];
  await request(bed.couch, 'gateway', `/${personDatabase(ani.id)}/_bulk_docs`, {
    method: 'POST',
    body: JSON.stringify({ docs, new_edits: false })
  });
  await courier.idle();
  expect(await bed.copy(channel, post._id)).toMatchObject({ text: 'Dari laptop' });
  expect(await bed.receipt(ani, post._id)).toMatchObject({ edit: edits[1] });
});
