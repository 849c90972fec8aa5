import Fastify from 'fastify';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { channelDatabase, personDatabase } from '../../../src/lib/domain/databases.ts';
import { docId, uuidv7 } from '../../../src/lib/domain/ids.ts';
import type { SyncRow } from '../../../src/lib/domain/sync-protocol.ts';
import { openDatabase } from '../../registry/database.ts';
import { deliver, makePerson, makePost, openTestGateway, type TestGateway } from '../fixtures.ts';
import { Device } from './client.ts';
import { sendLive } from './live.ts';

const guru = makePerson('guru');
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await openTestGateway([guru]);
  await deliver(gateway.couch, 'sekolah', [makePost('sekolah', Date.now())]);
});
afterAll(() => gateway.close());

/** A device that is up to date, and the rounds of a request that it leaves open. */
async function listening() {
  const device = new Device(gateway, guru, [channelDatabase('sekolah')]);
  await device.sync();
  const abort = new AbortController();
  const answer = device.request({ wait: 50, live: true }, { signal: abort.signal });
  async function* lines(): AsyncGenerator<SyncRow> {
    const { body } = await answer;
    const input = Readable.fromWeb(body as ReadableStream);
    input.on('error', () => undefined);
    for await (const text of createInterface({ input })) yield JSON.parse(text) as SyncRow;
  }
  const rows = lines();
  return {
    abort: () => abort.abort(),
    async round(): Promise<SyncRow[]> {
      const taken: SyncRow[] = [];
      while (taken.at(-1)?.[0] !== 'e') taken.push((await rows.next()).value as SyncRow);
      return taken;
    }
  };
}

const own = () => openDatabase(gateway.couch, 'gateway', personDatabase(guru.id));
const ownDoc = (fields: object = {}) => ({
  _id: docId('post', uuidv7()),
  type: 'post',
  schema: 1,
  edit: uuidv7(),
  ...fields
});

test('one open answer brings what happens in the own database and in a channel, each once', async () => {
  const { round, abort } = await listening();
  const doc = ownDoc();
  const { rev } = await own().put(doc);
  const [first, place, end] = await round();
  expect(first).toMatchObject(['p', { ...doc, _rev: rev, _revisions: { start: 1 } }]);
  expect(place).toEqual(['o', expect.any(String), expect.any(String)]);
  expect(end?.[0]).toBe('e');
  const post = makePost('sekolah', Date.now());
  await deliver(gateway.couch, 'sekolah', [post]);
  const rows = await round();
  expect(rows.map(([kind]) => kind).join('')).toBe('dce');
  expect(rows[0]).toMatchObject(['d', 0, { _id: post._id }]);
  await own().put({ ...doc, _rev: rev });
  expect((await round())[0]).toMatchObject(['p', { _id: doc._id, _revisions: { start: 2 } }]);
  abort();
});

test('the answer is sound gzip to its end, in pieces that depend on nothing before them', async () => {
  const blocks = ['["d",0,{"text":"satu"}]\n', '["e",1]\n', '["d",0,{"text":"dua"}]\n["e",2]\n'];
  const app = Fastify();
  app.get('/', (_request, reply) =>
    sendLive(
      reply,
      (async function* () {
        yield* blocks;
      })(),
      new AbortController().signal,
      'br, gzip'
    )
  );
  const answer = await app.inject('/');
  expect(answer.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(Uint8Array.from(answer.rawPayload)).toString()).toBe(blocks.join(''));
});

test('all branches of a document come, with their histories', async () => {
  const { round, abort } = await listening();
  const doc = ownDoc();
  const branch = (mark: string, deleted = false) => ({
    ...doc,
    _rev: `2-${mark.repeat(32)}`,
    _revisions: { start: 2, ids: [mark.repeat(32), 'e'.repeat(32)] },
    ...(deleted && { _deleted: true })
  });
  const docs = [branch('a'), branch('b'), branch('c', true)];
  const body = JSON.stringify({ docs, new_edits: false });
  await gateway.couch.fetch('gateway', `/${personDatabase(guru.id)}/_bulk_docs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body
  });
  const rows = await round();
  const found = rows.flatMap(([kind, value]) => (kind === 'p' ? [value as (typeof docs)[number]] : []));
  expect(found.map(({ _rev }) => _rev).sort()).toEqual(docs.map(({ _rev }) => _rev));
  expect(found.every(({ _revisions }) => _revisions.ids[1] === 'e'.repeat(32))).toBe(true);
  abort();
});

test('more than one block of own documents ends each with its place, and a cut goes on from there', async () => {
  const device = new Device(gateway, guru, []);
  await device.sync();
  const docs = Array.from({ length: 120 }, () => ownDoc());
  await own().bulk(docs);
  const rows = await device.sync({}, 60);
  expect(rows.filter(([kind]) => kind === 'o')).toHaveLength(1);
  const rest = await device.sync();
  const ids = [...rows.slice(0, 51), ...rest].flatMap(([kind, doc]) =>
    kind === 'p' ? [(doc as { _id: string })._id] : []
  );
  expect(ids.sort()).toEqual(docs.map(({ _id }) => _id).sort());
});

test('a sequence of another life of the database brings no documents, only the word that there is something', async () => {
  const device = new Device(gateway, guru, []);
  for (const stale of [undefined, 'other.1-x', '%', '1-x']) {
    expect((await device.sync({ own: stale })).map(([kind, , since]) => [kind, since])).toEqual([
      ['o', undefined],
      ['e', undefined]
    ]);
  }
});
