import Fastify from 'fastify';
import { EventEmitter, once } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Unreachable } from '../../couch/http.ts';
import { handleErrors } from '../errors.ts';
import { makeEndedSessions } from '../sessions/ended.ts';
import { makeSightings } from '../audit/sightings.ts';
import { makePerson } from '../fixtures.ts';
import type { Hub } from './hub.ts';
import { syncRoutes } from './index.ts';
import type { Page } from './pages.ts';
import { makeRoom } from './room.ts';

const guru = makePerson('guru');
const none = { items: [], more: false, seq: '1-a' };

/** The routes on a hub where nothing ever moves, and pages that `page` makes. */
async function start(page: () => Promise<Page> = async () => none, room = makeRoom()) {
  const events = new EventEmitter();
  const ended = makeEndedSessions();
  const hub: Hub = {
    state: async () => ({ incarnation: 'i', seq: '1-a' }),
    mark: () => 0,
    moved: () => false,
    async changed(databases, _mark, ms, signal) {
      events.emit('held', databases, ms);
      await once(signal, 'abort');
      events.emit('released');
    },
    held: 0,
    stopped: false,
    stop: async () => undefined
  };
  const app = Fastify({ forceCloseConnections: true });
  handleErrors(app);
  await app.register(syncRoutes, {
    hub,
    pages: { changes: page, documents: page, byIds: async () => [] },
    own: async () => undefined,
    authenticate: async () => ({ person: guru.id, session: guru.id }),
    findPerson: async () => guru,
    ended,
    sightings: makeSightings({ record: async () => undefined }),
    room
  });
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => app.close());
  const send = (body: object, signal?: AbortSignal): Promise<Response> =>
    fetch(`${origin}/sync`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-encoding': 'identity' },
      body: JSON.stringify({ version: 1, sources: [], own: '1-a', ...body }),
      signal
    });
  return { events, ended, send };
}

test('a held request of a session that ends is over, so that its device comes and hears why', async () => {
  const { events, ended, send } = await start();
  const held = once(events, 'held');
  const answer = send({ wait: 55 });
  await held;
  ended.add(guru.id);
  expect(await (await answer).text()).toMatch(/^\["e",\d+\]\n$/);
});

test('a device that goes away while its request is held releases it', async () => {
  const { events, send } = await start();
  const abort = new AbortController();
  const held = once(events, 'held');
  const answer = send({ wait: 55 }, abort.signal).catch(() => 'gone');
  const [databases, ms] = (await held) as [string[], number];
  expect(databases).toEqual([`person-${guru.id}`]);
  expect(ms).toBeLessThan(55_000);
  const released = once(events, 'released');
  abort.abort();
  await released;
  expect(await answer).toBe('gone');
});

test('a device that stops reading stops the reading of pages', async () => {
  let reads = 0;
  const json = JSON.stringify({ _id: 'post:x', text: crypto.randomUUID().repeat(2_000) });
  const { send } = await start(async () => {
    reads += 1;
    const items = Array.from({ length: 20 }, (_, index) => ({ id: `post:${reads}-${index}`, json, seq: `${reads}-a` }));
    return { items, more: true, seq: `${reads}-a` };
  });
  const abort = new AbortController();
  const answer = await send({ sources: [{ name: 'channel-nasional' }] }, abort.signal);
  const reader = answer.body?.getReader();
  await reader?.read();
  // An endless database: only the full connection can hold the server up.
  let last = -1;
  while (reads !== last) {
    last = reads;
    await new Promise((resolve) => setImmediate(resolve));
  }
  abort.abort();
  await expect(reader?.closed).rejects.toThrow();
  expect(reads).toBeLessThan(100);
});

test('an error before the first block is an error, later it cuts the stream without the last row', async () => {
  const first = await start(async () => {
    throw new Unreachable();
  });
  expect((await first.send({ sources: [{ name: 'channel-nasional' }] })).status).toBe(503);
  let reads = 0;
  const json = JSON.stringify({ _id: 'post:x', text: 'x'.repeat(20_000) });
  const later = await start(async () => {
    if ((reads += 1) > 2) throw new Unreachable();
    return { items: [{ id: `post:${reads}`, json, seq: '1-a' }], more: true, seq: '1-a' };
  });
  const answer = later.send({ sources: [{ name: 'channel-nasional' }] });
  await expect(answer.then((cut) => cut.text())).rejects.toThrow();
});

test('a long answer takes room until it ends, however it ends; short ones need none', async () => {
  const json = JSON.stringify({ _id: 'post:x', text: 'x'.repeat(20_000) });
  let [more, reads] = [true, 0];
  const page = async (): Promise<Page> => {
    reads += 1;
    return { items: [{ id: `post:${reads}`, json, seq: `${reads}-a` }], more, seq: `${reads}-a` };
  };
  const { send } = await start(page, makeRoom(1));
  const source = { sources: [{ name: 'channel-nasional' }] };
  const abort = new AbortController();
  const first = await send(source, abort.signal);
  await first.body?.getReader().read();
  const second = await send(source);
  expect(second.status).toBe(503);
  expect(Number(second.headers.get('retry-after'))).toBeGreaterThanOrEqual(2);
  expect((await send({})).status).toBe(200);
  abort.abort();
  more = false;
  await vi.waitFor(async () => {
    const third = await send(source);
    await third.text();
    expect(third.status).toBe(200);
  });
  expect((await send(source)).status).toBe(200);
});
