import { afterAll, beforeAll, expect, test } from 'vitest';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { deliver, makePerson, makePost, openTestGateway, type TestGateway } from '../fixtures.ts';
import { openRegistry } from '../../registry/index.ts';
import { Device } from './client.ts';

const guru = makePerson('guru');
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await openTestGateway([guru]);
  await deliver(
    gateway.couch,
    'nasional',
    Array.from({ length: 30 }, (_, index) => makePost('nasional', Date.now() - index))
  );
});
afterAll(() => gateway.close());

const ask = (change: object): Promise<Response> => new Device(gateway, guru, []).request(change);

test('without a token nothing is answered', async () => {
  const payload = { version: 1, sources: [] };
  expect((await gateway.app.inject({ method: 'POST', url: '/sync', payload })).statusCode).toBe(401);
});

test('an old app is told so, whatever else its request holds', async () => {
  const answer = await ask({ version: 0, sources: 'another shape' });
  expect(answer.status).toBe(426);
  expect(await answer.json()).toMatchObject({ code: 'too-old' });
  expect(await (await ask({ version: 99 })).json()).toMatchObject({ code: 'too-new' });
});

test('sources that the person may not follow are named', async () => {
  const names = ['channel-nasional', 'channel-lain', 'office-asmat', 'registry', `person-${guru.id}`, 'x/../_users'];
  const answer = await ask({ sources: names.map((name) => ({ name })) });
  expect(answer.status).toBe(403);
  const body = (await answer.json()) as { code: string; message: string };
  expect(body.code).toBe('not-a-member');
  for (const name of names.slice(1)) expect(body.message).toContain(name);
  expect(body.message).not.toContain('channel-nasional');
});

test('who was made a member a moment ago follows at once, although she was looked up before', async () => {
  const channel = 'kursus-0123456789ab';
  expect((await ask({ sources: [{ name: `channel-${channel}` }] })).status).toBe(403);
  await openRegistry(gateway.couch).changeChannels(guru.id, (before) => [
    ...before,
    { id: channel, title: 'Kursus', kind: 'community' }
  ]);
  expect((await ask({ sources: [{ name: `channel-${channel}` }] })).status).toBe(200);
});

test('a first visit brings how many take which courses', async () => {
  const id = `takers:${crypto.randomUUID()}`;
  const takers = { _id: id, type: 'takers' };
  await deliver(gateway.couch, 'nasional', [takers]);
  const device = new Device(gateway, guru, ['channel-nasional']);
  await device.sync();
  expect(device.ids('channel-nasional')).toContain(id);
});

test('requests of another shape are refused', async () => {
  const twice = [{ name: 'channel-nasional' }, { name: 'channel-nasional' }];
  const bodies = [{ sources: twice }, { wait: 1000 }, { wait: -1 }, { sources: [{}] }, { live: 1 }, { version: '1' }];
  for (const body of bodies) expect((await ask(body)).status, JSON.stringify(body)).toBe(400);
  expect((await ask({ fromNewerApp: 1 })).status).toBe(200);
});

test('the answer comes in the best coding that the device takes', async () => {
  const { authorization } = await gateway.bearer(guru);
  const payload = { version: 1, sources: [{ name: 'channel-nasional' }] };
  const decode = { br: brotliDecompressSync, zstd: zstdDecompressSync, gzip: gunzipSync };
  for (const coding of ['br', 'zstd', 'gzip'] as const) {
    const headers = { authorization, 'accept-encoding': coding };
    const answer = await gateway.app.inject({ method: 'POST', url: '/sync', payload, headers });
    expect(answer.headers['content-encoding']).toBe(coding);
    const text = decode[coding](new Uint8Array(answer.rawPayload)).toString();
    expect(text.trimEnd().split('\n').at(-1)).toMatch(/^\["e",/);
  }
});
