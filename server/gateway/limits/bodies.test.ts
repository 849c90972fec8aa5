import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePerson, openTestGateway, type TestGateway } from '../fixtures.ts';

interface Route {
  method: string;
  url: string;
  bodyLimit: number | undefined;
}

/** Whoever may call most: what a role is refused for is another matter. */
const guru = makePerson('guru', { roles: ['staff', 'officer', 'publisher', 'administrator', 'auditor'] });
const READS = ['GET', 'HEAD'];
/** What is asked here is how large one body may be, not how many. */
const ROOM = { burst: 1e9, perSecond: 1e9 };
/** All routes of the gateway that take a body, as it registers them itself. */
const routes: Route[] = [];
let gateway: TestGateway;

const watch = (message: unknown): void => {
  (message as { fastify: FastifyInstance }).fastify.addHook('onRoute', ({ method, url, bodyLimit }) => {
    for (const verb of [method].flat()) if (!READS.includes(verb)) routes.push({ method: verb, url, bodyLimit });
  });
};

beforeAll(async () => {
  subscribe('fastify.initialization', watch);
  gateway = await openTestGateway([guru], {}, { limits: { session: ROOM, address: ROOM } });
  unsubscribe('fastify.initialization', watch);
});
afterAll(() => gateway.close());

/** A path that this route answers. */
const pathOf = (url: string): string =>
  url.replace('/db/*', `/db/person-${guru.id}/_bulk_docs`).replace(/:\w+/g, () => crypto.randomUUID());

test('every route that takes a body says how large it may be', () => {
  expect(routes.map(({ url }) => url)).toEqual(
    expect.arrayContaining(['/api/session', '/sync', '/db/*', '/api/devices'])
  );
  expect(routes.filter(({ bodyLimit }) => bodyLimit === undefined)).toEqual([]);
});

test('a larger one is answered with 413 and a problem, declared or not', async () => {
  const found = new Map<string, unknown>();
  for (const { method, url, bodyLimit = 0 } of routes) {
    // What this call does not exist for at a database is refused for that.
    if (url === '/db/*' && method !== 'POST') continue;
    const body = new Uint8Array(bodyLimit + 1).fill(0x20);
    const type = url === '/api/parcels' ? 'application/octet-stream' : 'application/json';
    for (const payload of [body, new Blob([body]).stream()]) {
      const headers = { ...(await gateway.bearer(guru)), 'content-type': type };
      const answer = await fetch(gateway.origin + pathOf(url), {
        method,
        headers,
        body: payload,
        duplex: 'half'
      } as RequestInit);
      const problem: unknown = await answer.json();
      if (answer.status !== 413 || (problem as { code?: string }).code !== 'too-large')
        found.set(`${method} ${url}`, [answer.status, problem]);
    }
  }
  expect([...found]).toEqual([]);
});
