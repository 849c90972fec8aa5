import { expect, test } from 'vitest';
import type { PreparedBlock, SharedBlock } from '$lib/store/store-api';
import type { Api } from '../tokens';
import { createAsk } from './ask';
import { pullShared } from './pull';

const ROWS: unknown[] = [
  ['o', '9-a'],
  ...Array.from({ length: 12 }, (_, index) => [
    ['d', index % 2, { _id: `post:${index}`, text: 'é' }],
    ...(index % 4 > 1 ? [['c', index % 2, `k${index}`]] : [])
  ]).flat(),
  ['e', 1_700_000_000_000]
];

/** A server that keeps the rows in blocks and goes on from the checkpoints it is given. */
function someServer() {
  const bodies: { sources: { name: string; checkpoint?: string }[]; own?: string; wait: number }[] = [];
  let next: () => Response = () => new Response(null, { status: 500 });
  const api: Pick<Api, 'fetch'> = {
    fetch: (_path, init) => {
      bodies.push(JSON.parse(String(init?.body)) as (typeof bodies)[number]);
      return Promise.resolve(next());
    }
  };
  return { ask: createAsk(api), bodies, answer: (make: () => Response) => (next = make) };
}

function someStore() {
  const applied: (SharedBlock & { source: string })[] = [];
  const checkpoints = new Map<string, string>();
  return {
    applied,
    checkpoint: (source: string) => Promise.resolve(checkpoints.get(source)),
    prepareShared: async (source: string, block: SharedBlock): Promise<PreparedBlock> => ({
      mark: new Uint8Array(),
      aside: false,
      packed: undefined,
      async apply() {
        applied.push({ source, ...block });
        checkpoints.set(source, block.checkpoint);
      }
    })
  };
}

const { signal } = new AbortController();
const request = { sources: ['channel-a', 'catalogue'], own: '3-a', wait: 0, signal };
const bytesOf = (rows: unknown[]) => new TextEncoder().encode(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));

test('a whole answer is applied block by block and tells clock and own sequence', async () => {
  const server = someServer();
  const store = someStore();
  server.answer(() => new Response(bytesOf(ROWS)));
  const received: number[] = [];
  const told: unknown[] = [];
  await pullShared({
    ...request,
    ...server,
    store,
    onRows: (count) => received.push(count),
    onOwn: (news) => Promise.resolve(void told.push(news)),
    onRound: (round) => Promise.resolve(told.push(round) > 0)
  });
  expect(told).toEqual([{ sequence: '9-a' }, { now: 1_700_000_000_000, rows: ROWS.length - 1 }]);
  expect(received.reduce((a, b) => a + b, 0)).toBe(ROWS.length - 1);
  expect(store.applied.map(({ source, checkpoint, docs }) => [source, checkpoint, docs.length])).toEqual([
    ['channel-a', 'k2', 2],
    ['catalogue', 'k3', 2],
    ['channel-a', 'k6', 2],
    ['catalogue', 'k7', 2],
    ['channel-a', 'k10', 2],
    ['catalogue', 'k11', 2]
  ]);
  expect(server.bodies).toEqual([{ version: 1, sources: [{ name: 'channel-a' }, { name: 'catalogue' }], own: '3-a' }]);
});

test('an answer goes on with further rounds until the device has enough, and ends well between two rounds', async () => {
  const server = someServer();
  const store = someStore();
  const rows = [
    ['c', 0, 'k1'],
    ['e', 1],
    ['p', { _id: 'a' }],
    ['o', '4-a', '4'],
    ['c', 1, 'k2'],
    ['e', 2],
    ['c', 0, 'k3']
  ];
  server.answer(() => new Response(bytesOf([...rows, ['e', 3]])));
  const rounds: number[] = [];
  const own: unknown[] = [];
  const live = {
    ...request,
    ...server,
    store,
    wait: 30,
    onOwn: (news: unknown) => Promise.resolve(void own.push(news)),
    onRound: ({ now }: { now: number }) => Promise.resolve(rounds.push(now) < 2)
  };
  await pullShared(live);
  expect(server.bodies[0]).toMatchObject({ wait: 30, live: true });
  expect(own).toEqual([{ sequence: '4-a', brought: { docs: [{ _id: 'a' }], since: '4' } }]);
  expect(rounds).toEqual([1, 2]);
  expect(store.applied.map(({ checkpoint }) => checkpoint)).toEqual(['k1', 'k2']);
  server.answer(() => new Response(bytesOf(rows.slice(0, 2))));
  await pullShared(live);
  server.answer(() => new Response(bytesOf(rows)));
  await expect(pullShared({ ...live, onRound: () => Promise.resolve(true) })).rejects.toMatchObject({
    code: 'offline'
  });
});

test('cut at every byte: whole blocks stay, each document is applied with its checkpoint, the rest comes next time', async () => {
  const bytes = bytesOf(ROWS);
  const end = bytes.length - bytesOf(ROWS.slice(-1)).length;
  for (let at = 0; at <= end; at += 7) {
    const server = someServer();
    const store = someStore();
    server.answer(() => new Response(bytes.slice(0, at)));
    await expect(pullShared({ ...request, ...server, store })).rejects.toMatchObject({ code: 'offline' });
    const whole = new TextDecoder().decode(bytes.slice(0, at)).split('\n').slice(0, -1);
    const checkpoints = whole.map((line) => JSON.parse(line) as unknown[]).filter(([kind]) => kind === 'c');
    expect(store.applied.map(({ checkpoint }) => checkpoint)).toEqual(checkpoints.map(([, , value]) => value));

    server.answer(() => new Response(bytesOf([['e', 1]])));
    await pullShared({ ...request, ...server, store });
    expect(server.bodies[1]?.sources.map(({ checkpoint }) => checkpoint)).toEqual(
      await Promise.all(request.sources.map((source) => store.checkpoint(source)))
    );
  }
});

test('bad answers have their names', async () => {
  const cases: [number, string][] = [
    [403, 'forbidden'],
    [426, 'too-old'],
    [400, 'refused'],
    [429, 'server'],
    [503, 'server'],
    [401, 'signed-out']
  ];
  for (const [status, code] of cases) {
    const server = someServer();
    const body = JSON.stringify({ code: 'not-a-member', message: 'catalogue' });
    server.answer(() => new Response(body, { status, headers: { 'retry-after': '7' } }));
    const pulled = pullShared({ ...request, ...server, store: someStore() });
    await expect(pulled).rejects.toMatchObject({
      code,
      retryAfter: code === 'server' ? 7 : 0,
      sources: status === 403 ? ['catalogue'] : []
    });
  }
});
