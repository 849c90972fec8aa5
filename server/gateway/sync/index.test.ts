import { afterAll, beforeAll, expect, test } from 'vitest';
import { channelDatabase } from '../../../src/lib/domain/databases.ts';
import { docId, suffixOf, uuidv7 } from '../../../src/lib/domain/ids.ts';
import type { SyncRow } from '../../../src/lib/domain/sync-protocol.ts';
import { lateMarker } from '../../late.ts';
import { openDatabase } from '../../registry/database.ts';
import { deliver, makePerson, makePost, openTestGateway, type TestGateway } from '../fixtures.ts';
import { Device } from './client.ts';

const DAY = 24 * 3_600_000;
const channels = ['nasional', 'sekolah', 'tenang', 'terlambat', 'baru', 'hapus', 'besar'];
const guru = makePerson('guru', {
  channels: channels.map((id) => ({ id, title: id, kind: 'community' as const }))
});
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await openTestGateway([guru]);
});
afterAll(() => gateway.close());

const kinds = (rows: SyncRow[]): string => rows.map(([kind]) => kind).join('');

/** A device that already knows the state of its own database. */
async function device(...names: string[]): Promise<Device> {
  const made = new Device(gateway, guru, names.map(channelDatabase));
  const rows = await made.sync({ sources: [] });
  expect(kinds(rows)).toBe('oe');
  return made;
}

test('a first visit brings the window, newest first; then nothing is one row', async () => {
  const now = Date.now();
  const fresh = Array.from({ length: 120 }, (_, index) => makePost('nasional', now - index * 3_600_000));
  const old = Array.from({ length: 40 }, (_, index) => makePost('nasional', now - 40 * DAY - index * DAY));
  const newest = suffixOf(fresh[0]?._id ?? '');
  const oldest = suffixOf(old[0]?._id ?? '');
  const reaction = (post: string) => ({
    ...makePost('nasional', now),
    _id: `reaction:${post}.${guru.id}`,
    type: 'reaction'
  });
  const about = { ...makePost('nasional', now), _id: docId('channel', crypto.randomUUID()), type: 'channel' };
  await deliver(gateway.couch, 'nasional', [about, ...old, ...fresh, reaction(newest), reaction(oldest)]);

  const reader = await device('nasional');
  const rows = await reader.sync();
  const ids = rows.flatMap((row) => (row[0] === 'd' ? [(row[2] as { _id: string })._id] : []));
  expect(ids).toEqual([about._id, ...fresh.map(({ _id }) => _id), `reaction:${newest}.${guru.id}`]);
  expect(JSON.stringify(rows)).not.toContain('_rev');
  expect(JSON.stringify(rows)).not.toContain('_design');

  const answer = await reader.request();
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(await answer.text()).toMatch(/^\["e",\d+\]\n$/);
});

test('a quiet channel gives its newest 50 posts whatever their age, with their reactions', async () => {
  const posts = Array.from({ length: 70 }, (_, index) => makePost('tenang', Date.now() - (index + 60) * DAY));
  const reactions = posts.map(({ _id }) => ({
    ...makePost('tenang', 0),
    _id: `reaction:${suffixOf(_id)}.${guru.id}`,
    type: 'reaction'
  }));
  await deliver(gateway.couch, 'tenang', [...posts, ...reactions]);
  const reader = await device('tenang');
  await reader.sync();
  const ids = reader.ids('channel-tenang');
  const got = ids.filter((id) => id.startsWith('post:'));
  expect(got.length).toBeGreaterThanOrEqual(50);
  expect(got.length).toBeLessThan(55);
  expect(got).toEqual(posts.slice(0, got.length).map(({ _id }) => _id));
  expect(ids.filter((id) => id.startsWith('reaction:'))).toHaveLength(got.length);
});

test('what came under an old id, from a wrong clock or a long silence, belongs to the window by its arrival', async () => {
  const now = Date.now();
  const recent = Array.from({ length: 60 }, (_, index) => makePost('terlambat', now - index * 3_600_000));
  const late = { ...makePost('terlambat', now - 730 * DAY), receivedAt: new Date(now - DAY).toISOString() };
  const gone = makePost('terlambat', now - 730 * DAY);
  const forgotten = makePost('terlambat', now - 730 * DAY);
  const comment = {
    ...makePost('terlambat', now),
    _id: docId('comment', uuidv7(now - 400 * DAY)),
    type: 'comment',
    post: suffixOf(late._id)
  };
  const reaction = {
    ...makePost('terlambat', now),
    _id: docId('reaction', suffixOf(late._id), guru.id),
    type: 'reaction'
  };
  const markers = [
    lateMarker(late._id, now - DAY),
    lateMarker(comment._id, now),
    lateMarker(gone._id, now),
    lateMarker(forgotten._id, now - 31 * DAY)
  ].filter((marker) => marker !== undefined);
  expect(markers).toHaveLength(4);
  await deliver(gateway.couch, 'terlambat', [...recent, late, forgotten, comment, reaction, ...markers]);
  const reader = await device('terlambat');
  await reader.sync();
  const expected = [...recent, late, comment, reaction].map(({ _id }) => _id);
  expect(reader.ids('channel-terlambat').toSorted()).toEqual(expected.toSorted());

  const another = lateMarker(docId('post', uuidv7(now - 90 * DAY)), now);
  await deliver(gateway.couch, 'terlambat', another ? [another] : []);
  expect(kinds(await reader.sync())).toBe('ce');
});

test('changes, deletions and new documents come as one small answer each', async () => {
  const posts = Array.from({ length: 5 }, (_, index) => makePost('sekolah', Date.now() - index * 1000));
  const revs = await deliver(gateway.couch, 'sekolah', posts);
  const reader = await device('sekolah');
  await reader.sync();
  const [first, second] = posts;
  await deliver(gateway.couch, 'sekolah', [
    { ...first, _id: first?._id ?? '', _rev: revs[0], text: 'Disunting' } as { _id: string },
    { _id: second?._id ?? '', _rev: revs[1], _deleted: true } as { _id: string },
    makePost('sekolah', Date.now(), 'Baru')
  ]);
  const rows = await reader.sync();
  expect(kinds(rows)).toMatch(/^[dx]{3}ce$/);
  expect(reader.ids('channel-sekolah')).toHaveLength(5);
  expect(reader.documents.get('channel-sekolah')?.get(first?._id ?? '')).toMatchObject({ text: 'Disunting' });
  expect(kinds(await reader.sync())).toBe('e');
});

test('a link cut at any row loses nothing and repeats no block', async () => {
  const text = 'isi '.repeat(200);
  const posts = Array.from({ length: 150 }, (_, index) => makePost('besar', Date.now() - index * 60_000, text));
  await deliver(gateway.couch, 'besar', posts);
  const whole = await device('besar');
  const total = (await whole.sync()).length;
  const reader = await device('besar');
  let rounds = 0;
  let received = 0;
  for (let done = false; !done; rounds += 1) {
    const rows = await reader.sync({}, 40);
    received += rows.length;
    done = rows.at(-1)?.[0] === 'e';
    if (rounds === 1) await deliver(gateway.couch, 'besar', [makePost('besar', Date.now(), 'di tengah jalan')]);
    expect(rounds).toBeLessThan(20);
  }
  expect(reader.ids('channel-besar')).toHaveLength(151);
  expect(received).toBeLessThan(total * 2);
});

test('first one portion of each source, so that every part of the screen has something', async () => {
  const reader = await device('besar', 'nasional');
  const sources = (await reader.sync()).flatMap((row) => (row[0] === 'c' ? [row[1]] : []));
  const turns = sources.filter((source, index) => source !== sources[index - 1]);
  expect(turns).toEqual([0, 1, 0, 1]);
});

test('a database of another incarnation is started again', async () => {
  const name = channelDatabase('hapus');
  await deliver(gateway.couch, 'hapus', [makePost('hapus', Date.now()), makePost('hapus', Date.now())]);
  const reader = await device('hapus');
  await reader.sync();
  await gateway.couch.fetch('admin', `/${name}`, { method: 'DELETE' });
  const gone = await reader.sync({ wait: 1 });
  expect(kinds(gone)).toBe('rce');
  expect(reader.ids(name)).toEqual([]);
  const stale = new Device(gateway, guru, [name]);
  stale.own = reader.own;
  await deliver(gateway.couch, 'hapus', [makePost('hapus', Date.now()), makePost('hapus', Date.now())]);
  await stale.sync({ wait: 5 });
  expect(stale.ids(name)).toHaveLength(2);
  stale.checkpoints.set(name, 'bm9uc2Vuc2U');
  expect(kinds(await stale.sync())).toBe('rddce');
  expect(stale.ids(name)).toHaveLength(2);
});

test('a held request answers when a followed database moves, even one that was just made', async () => {
  const reader = await device('baru');
  const held = reader.sync({ wait: 50 });
  await deliver(gateway.couch, 'baru', [makePost('baru', Date.now())]);
  await held;
  while (reader.ids('channel-baru').length === 0) await reader.sync({ wait: 50 });
  expect(reader.ids('channel-baru')).toHaveLength(1);
});

test('a held request answers when the own database moves, and says nothing of others', async () => {
  const reader = await device('sekolah');
  await reader.sync();
  const before = reader.own;
  const held = reader.sync({ wait: 50 });
  const doc = { _id: docId('post', uuidv7()), type: 'post', schema: 1, edit: uuidv7() };
  await openDatabase(gateway.couch, 'gateway', `person-${guru.id}`).put(doc);
  expect(kinds(await held)).toBe('poe');
  expect(reader.own).not.toBe(before);
  expect(kinds(await reader.sync())).toBe('e');
});

test("CouchDB's own spelling of the own sequence is understood", async () => {
  const reader = await device();
  const info = await gateway.couch.fetch('gateway', `/person-${guru.id}`);
  const { update_seq: own } = (await info.json()) as { update_seq: string };
  expect(kinds(await reader.sync({ own }))).toBe('e');
  expect(kinds(await reader.sync({ own: undefined }))).toBe('oe');
});
