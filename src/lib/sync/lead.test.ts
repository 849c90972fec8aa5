import { expect, test, vi } from 'vitest';
import type { SyncRequest, SyncRow } from '$lib/domain/sync-protocol';
import { course, ownPost, receiptOf, T0 } from '$lib/store/testing/fixtures';
import { readFreshSources } from './fresh';
import { END, holding, server, start } from './testing/leader';

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

test('a wrong clock is known when the answer begins, however long it then takes', async () => {
  let end: () => void = () => undefined;
  server.rows = () => {
    const body = new ReadableStream({
      start: (stream) => {
        end = () => stream.close();
      }
    });
    return new Response(body, { headers: { date: new Date(Date.now() - 86_400_000).toUTCString() } });
  };
  const { sink } = await start();
  await vi.waitFor(() => expect(sink.current.clockSkew).toBeLessThan(-86_000_000));
  expect(sink.current.freshAt).toBe(0);
  end();
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
