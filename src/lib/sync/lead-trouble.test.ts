import { expect, test, vi } from 'vitest';
import { course, ownPost, receiptOf, T0 } from '$lib/store/testing/fixtures';
import { NoSpace } from '$lib/store/types';
import type { SyncStore } from './port';
import { END, holding, server, start } from './testing/leader';

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

test('a device that was reported lost hears of it with the next request', async () => {
  const held = holding();
  const { store, controls, sink } = await start();
  await vi.waitFor(() => expect(held).toHaveLength(1));
  server.lost = true;
  await store.write(ownPost());
  controls.ring();
  await vi.waitFor(() => expect(sink.current.phase).toBe('lost'));
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
  crowded.mockImplementation(async () => ({
    mark: new Uint8Array(),
    aside: false,
    packed: undefined,
    apply: async () => undefined
  }));
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
