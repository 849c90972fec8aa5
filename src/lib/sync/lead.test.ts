import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SyncRequest, SyncRow } from '$lib/domain/sync-protocol';
import { course, ownPost, receiptOf, T0 } from '$lib/store/testing/fixtures';
import type { SyncStore } from './port';
import { NoSpace, type Store } from '$lib/store/types';
import { readFreshSources } from './fresh';
import { lead } from './lead';
import { openPrivateLane } from './private-lane/index';
import { createStatus } from './status';
import { someDevice } from './testing/device';
import { FakeServer } from './testing/fake-server';

const END: SyncRow = ['e', Date.now() + 5_000];
let stop: AbortController;
let server: FakeServer;
let running: Promise<void> | undefined;

beforeEach(() => {
  stop = new AbortController();
  server = new FakeServer();
});

afterEach(async () => {
  stop.abort();
  await running;
  vi.unstubAllGlobals();
});

/** Holds requests that may be held until `release`; the others are answered with the rows at once. */
function holding(rows: () => SyncRow[] = () => []) {
  const held: { request: SyncRequest; release: (rows: SyncRow[]) => void }[] = [];
  server.rows = (request) =>
    request.wait ? new Promise((resolve) => held.push({ request, release: resolve })) : [...rows(), END];
  return held;
}

async function start(
  change: (store: Store) => Store = (store) => store,
  wished = false,
  changeForLane: (store: Store) => Store = (store) => store
) {
  const device = await someDevice(server);
  await server.remote.put({
    _id: `membership:${server.person}`,
    type: 'membership',
    schema: 1,
    createdAt: new Date(0).toISOString(),
    zone: 'UTC',
    person: server.person,
    agency: 'dinas',
    roles: ['staff'],
    channels: [{ id: 'nasional', title: 'Nasional', kind: 'national' }]
  });
  const sink = createStatus();
  const controls = { ring: () => undefined as void, refresh: () => undefined as void };
  running = lead({
    ...device,
    store: change(device.store),
    sink,
    visible: () => true,
    wishedSaving: () => wished,
    onReady: (ready) => Object.assign(controls, ready),
    build: '1',
    openLane: () => openPrivateLane({ ...device, store: changeForLane(device.store) }),
    signal: stop.signal
  });
  return { ...device, sink, controls };
}

test('after a first round that says how fresh things are, one held request is all the traffic', async () => {
  const held = holding();
  const { sink } = await start();
  await vi.waitFor(() => expect(held).toHaveLength(1));
  expect(held[0]?.request.wait).toBeGreaterThanOrEqual(25);
  expect(held[0]?.request.own).toBe('1-a');
  expect(held[0]?.request.sources.map(({ name }) => name)).toEqual([
    'channel-nasional',
    'catalogue',
    'directory-dinas'
  ]);
  expect(sink.current).toMatchObject({ phase: 'idle' });
  expect(sink.current.freshAt).toBeGreaterThan(0);
  expect(sink.current.clockSkew).toBeGreaterThan(3_000);
  const asked = server.asked.length;
  held[0]?.release([['c', 0, 'k'], END]);
  await vi.waitFor(() => expect(held).toHaveLength(2));
  expect(server.asked.length).toBe(asked + 1);
});

test('what came of the own database while the disk failed is shown without further news of it', async () => {
  const held = holding();
  let isBroken = false;
  const { store, controls } = await start(undefined, false, (given) => ({
    ...given,
    applyOwn: (block) => (isBroken ? Promise.reject(new NoSpace('the disk is full')) : given.applyOwn(block))
  }));
  await vi.waitFor(() => expect(held).toHaveLength(1));
  const post = await store.write(ownPost());
  controls.ring();
  await vi.waitFor(async () => expect((await store.ownItem(post._id))?.state.kind).toBe('sent'));
  await server.remote.put({ ...receiptOf(post, T0) });
  isBroken = true;
  const pulled = server.asked.length;
  held[0]?.release([['o', 'later'], END]);
  await vi.waitFor(() => expect(server.asked.length).toBeGreaterThan(pulled + 1));
  expect((await store.ownItem(post._id))?.state.kind).toBe('sent');
  isBroken = false;
  await vi.waitFor(() => {
    controls.ring();
    expect(held).toHaveLength(2);
  });
  expect((await store.ownItem(post._id))?.state.kind).toBe('delivered');
});

test('a new build reads again what was set aside, and rounds keep channels to their window', async () => {
  const held = holding();
  const { store } = await start((store) => ({
    ...store,
    retryAside: () => store.setSetting('read-again', true),
    trim: (source, before) => store.setSetting(`trim-${source}`, before)
  }));
  await vi.waitFor(() => expect(held).toHaveLength(1));
  expect(await store.setting('read-again')).toBe(true);
  expect(await store.setting('trim-channel-nasional')).toBe(Number(END[1]) - 30 * 86_400_000);
});

test('a write goes out while the held request stays open, and its announcement brings the receipt', async () => {
  const held = holding();
  const { store, controls } = await start();
  await vi.waitFor(() => expect(held).toHaveLength(1));
  const post = await store.write(ownPost());
  controls.ring();
  await vi.waitFor(async () => expect(await store.pending()).toEqual([]));
  expect(held).toHaveLength(1);
  await server.remote.put({
    _id: `receipt:${post._id}`,
    type: 'receipt',
    schema: 1,
    createdAt: new Date(0).toISOString(),
    zone: 'UTC',
    of: post._id,
    edit: post.edit,
    status: 'delivered',
    at: new Date(1).toISOString()
  });
  held[0]?.release([['o', '3-a'], END]);
  await vi.waitFor(async () => expect(await store.ownItem(post._id)).toMatchObject({ state: { kind: 'delivered' } }));
  await vi.waitFor(() => expect(held).toHaveLength(2));
  expect(held[1]?.request.own).toBe('3-a');
});

test('an answer that goes on brings a receipt and a post without another request, and ends when the membership changes', async () => {
  let send: (rows: SyncRow[]) => void = () => undefined;
  const asked: SyncRequest[] = [];
  server.rows = (request) => {
    asked.push(request);
    if (!request.live) return [END];
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        send = (rows) => controller.enqueue(encoder.encode(rows.map((row) => `${JSON.stringify(row)}\n`).join('')));
      }
    });
    return new Response(body);
  };
  const { store, controls, sink } = await start();
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  const post = await store.write(ownPost());
  controls.ring();
  await vi.waitFor(async () => expect(await store.pending()).toEqual([]));
  await server.remote.put({ ...receiptOf(post, Date.now()) });
  const before = server.asked.length;
  const rows = async (): Promise<SyncRow[]> => (await server.leaves()).map((doc) => ['p', doc]);
  send([...(await rows()), ['o', 'a.3-a', '3-a'], END]);
  await vi.waitFor(async () => expect(await store.ownItem(post._id)).toMatchObject({ state: { kind: 'delivered' } }));
  await vi.waitFor(() => expect(sink.current.phase).toBe('idle'));
  send([['d', 1, course(T0)], ['c', 1, 'k'], END]);
  await vi.waitFor(async () => expect(await store.checkpoint('catalogue')).toBe('k'));
  expect(server.asked).toHaveLength(before);

  const membership = await server.remote.get(`membership:${server.person}`);
  await server.remote.put({ ...membership, channels: [] });
  send([...(await rows()), ['o', 'a.4-a', '4-a'], END]);
  await vi.waitFor(() => expect(asked).toHaveLength(3));
  expect(asked[2]).toMatchObject({ own: 'a.4-a', sources: [{ name: 'catalogue', checkpoint: 'k' }, {}] });
});

test('a server that dies is noticed, and when it is back the outbox drains without anybody doing anything', async () => {
  const held = holding();
  const { store, controls, sink } = await start();
  await vi.waitFor(() => expect(held).toHaveLength(1));
  server.fault = () => 'refused';
  await store.write(ownPost());
  controls.ring();
  await vi.waitFor(() => expect(sink.current.phase).toBe('offline'));
  expect(await store.pending()).toHaveLength(1);
  server.fault = () => undefined;
  await vi.waitFor(async () => expect(await store.pending()).toEqual([]), { timeout: 4_000 });
  expect(sink.current.phase).not.toBe('offline');
});

test('an ended session loses nothing: a new one and a ring go on', async () => {
  holding();
  server.session.valid = false;
  const { store, controls, sink } = await start();
  await store.write(ownPost());
  await vi.waitFor(() => expect(sink.current.phase).toBe('signed-out'));
  expect(await store.pending()).toHaveLength(1);
  server.session = { ...server.session, valid: true, refresh: 'refresh-2' };
  await store.setSecret('refresh', 'refresh-2');
  controls.ring();
  await vi.waitFor(async () => expect(await store.pending()).toEqual([]));
  await vi.waitFor(() => expect(sink.current.phase).toBe('idle'));
});

test('an app that is too old says so and still delivers what was written', async () => {
  server.fault = ({ path }) => (path === '/sync' ? 426 : undefined);
  const { store, controls, sink } = await start();
  await vi.waitFor(() => expect(sink.current.phase).toBe('too-old'));
  await store.write(ownPost());
  controls.ring();
  await vi.waitFor(async () => expect(await store.pending()).toEqual([]));
});

test('a full disk says so, what was written still goes out, and with space the rows come', async () => {
  const held = holding(() => [
    ['d', 1, course(T0)],
    ['c', 1, 'k']
  ]);
  const crowded = vi.fn<SyncStore['prepareShared']>(() => Promise.reject(new NoSpace('the disk is full')));
  const { store, controls, sink } = await start((store) => ({ ...store, prepareShared: crowded }));
  await vi.waitFor(() => expect(sink.current.phase).toBe('full'));
  const post = await store.write(ownPost());
  controls.ring();
  await vi.waitFor(async () => expect(await store.pending()).toEqual([]));
  expect((await server.remote.get(post._id))._id).toBe(post._id);
  await vi.waitFor(() => expect(sink.current.phase).toBe('full'));
  expect(held).toEqual([]);
  crowded.mockImplementation(async () => ({ mark: new Uint8Array(), aside: false, apply: async () => undefined }));
  controls.ring();
  await vi.waitFor(() => expect(sink.current.phase).toBe('idle'));
});

test('a source that the server closes is left out, and the others go on', async () => {
  const closed = 'channel-nasional';
  server.rows = (request) => {
    if (request.sources.some(({ name }) => name === closed))
      return new Response(JSON.stringify({ code: 'not-a-member', message: closed }), { status: 403 });
    return request.wait ? new Promise(() => undefined) : [['c', 0, 'k'], END];
  };
  const { store, controls, sink } = await start();
  const poke = setInterval(() => controls.ring(), 50);
  await vi.waitFor(async () => expect(await store.checkpoint('catalogue')).toBe('k'));
  clearInterval(poke);
  expect(sink.current.phase).not.toBe('offline');
});

test('a link that is cut again and again makes headway without waiting', async () => {
  let calls = 0;
  server.rows = (request) => {
    calls += 1;
    if (calls > 20) return request.wait ? new Promise(() => undefined) : [END];
    return [['c', 1, `k${calls}`]];
  };
  const { store } = await start();
  await vi.waitFor(async () => expect(await store.checkpoint('catalogue')).toBe('k20'));
  expect(server.count('/api/health')).toBe(0);
});

test('a refresh asks a held request afresh', async () => {
  const held = holding();
  const { controls } = await start();
  await vi.waitFor(() => expect(held).toHaveLength(1));
  const rounds = server.count('/sync');
  controls.refresh();
  await vi.waitFor(() => expect(held).toHaveLength(2));
  expect(server.count('/sync')).toBe(rounds + 2);
});

test('each source says when it was complete, and in-vain tries are told', async () => {
  const held = holding();
  const { store, controls, sink } = await start();
  await vi.waitFor(() => expect(held).toHaveLength(1));
  const sources = await readFreshSources(store);
  expect(Object.keys(sources).sort()).toEqual(['catalogue', 'channel-nasional', 'directory-dinas', 'own']);
  expect(sources.catalogue).toBe(sink.current.freshAt);
  expect(sink.current.triedAt).toBeUndefined();
  server.fault = () => 'refused';
  const before = Date.now();
  controls.refresh();
  await vi.waitFor(() => expect(sink.current.triedAt).toBeGreaterThanOrEqual(before));
});

test('who saves data has no request held, is asked for when she asks, and still hears what became of her words', async () => {
  const held = holding();
  const { store, controls, sink } = await start(undefined, true);
  await vi.waitFor(() => expect(sink.current.freshAt).toBeGreaterThan(0));
  await vi.waitFor(() => expect(sink.current.phase).toBe('idle'));
  const rounds = server.count('/sync');
  const asked = Date.now();
  controls.refresh();
  controls.ring();
  await vi.waitFor(() => expect(sink.current.freshAt).toBeGreaterThanOrEqual(asked));
  expect(server.count('/sync')).toBe(rounds + 1);
  expect(held).toEqual([]);
  await store.write(ownPost());
  controls.ring();
  await vi.waitFor(() => expect(held).toHaveLength(1));
  expect(await store.pending()).toEqual([]);
});

test('who asks while a round is being finished is answered at once, too', async () => {
  const gate: { until?: Promise<void> } = {};
  const held = holding();
  const { controls, sink } = await start((store) => ({
    ...store,
    membership: () => (gate.until ?? Promise.resolve()).then(store.membership)
  }));
  await vi.waitFor(() => expect(held).toHaveLength(1));
  let go: () => void = () => undefined;
  gate.until = new Promise((resolve) => (go = resolve));
  const rounds = server.count('/sync');
  const before = sink.current.freshAt;
  held[0]?.release([['c', 0, 'k'], END]);
  await vi.waitFor(() => expect(sink.current.freshAt).toBeGreaterThan(before));
  controls.refresh();
  go();
  await vi.waitFor(() => expect(held).toHaveLength(2));
  expect(server.count('/sync')).toBe(rounds + 2);
});
