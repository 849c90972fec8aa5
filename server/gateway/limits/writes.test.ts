import { afterAll, beforeAll, expect, test } from 'vitest';
import { docId, uuidv7 } from '../../../src/lib/domain/ids.ts';
import { makePerson, openTestGateway, PASSWORD, signIn, type TestGateway } from '../fixtures.ts';
import { WRITE_LIMITS } from './writes.ts';

const guru = makePerson('guru');
const BURST = 8;
const SLOW = { burst: BURST, perSecond: 0.01 };
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await openTestGateway([guru], {}, { limits: { session: SLOW, address: SLOW } });
});
afterAll(() => gateway.close());

const root = `/db/person-${guru.id}`;
const post = (body = 'isi') => ({ _id: docId('post', uuidv7()), type: 'post', schema: 1, edit: uuidv7(), body });

type Headers = Record<string, string>;
const push = (headers: Headers, docs: object[] = [post()]) =>
  gateway.app.inject({ method: 'POST', url: `${root}/_bulk_docs`, payload: { docs }, headers });
const remote = (headers: Headers, remoteAddress: string) =>
  gateway.app.inject({
    method: 'POST',
    url: '/api/kiosk/check',
    payload: { kiosk: crypto.randomUUID(), secret: 'x' },
    headers,
    remoteAddress
  });

test('a session that writes too much is told how long to wait, on every route, and goes on reading', async () => {
  const headers = await gateway.bearer(guru);
  for (let count = 0; count < BURST; count += 1) expect((await push(headers)).statusCode).toBe(201);
  const answer = await push(headers);
  expect(answer.statusCode).toBe(429);
  expect(answer.json()).toMatchObject({ code: 'too-many-writes', error: 'too-many-writes' });
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  expect(answer.headers['retry-after']).toBe(String(answer.json<{ retryAfter: number }>().retryAfter));
  const others = [
    { method: 'PUT', url: `${root}/${post()._id}`, payload: post() },
    { method: 'POST', url: '/sync', payload: { version: 1, sources: [] } },
    { method: 'PUT', url: '/api/parcels/device', payload: { deviceKey: 'x' } },
    { method: 'DELETE', url: '/api/devices' },
    { method: 'POST', url: '/api/handoff', payload: {} }
  ] as const;
  for (const one of others) expect((await gateway.app.inject({ ...one, headers })).statusCode, one.url).toBe(429);
  expect((await gateway.app.inject({ url: `${root}/_changes`, headers })).statusCode).toBe(200);
});

test('another device of the same person is not held up by it', async () => {
  const headers = await gateway.bearer(guru);
  expect((await push(headers)).statusCode).toBe(201);
});

test('a large body costs more, also one whose length is not said', async () => {
  const headers = await gateway.bearer(guru);
  expect((await push(headers, [post('x'.repeat(300_000))])).statusCode).toBe(201);
  expect((await push(headers)).statusCode).toBe(429);
  const chunked = { ...(await gateway.bearer(guru)), 'content-type': 'application/json' };
  const send = () =>
    fetch(`${gateway.origin}${root}/_bulk_docs`, {
      method: 'POST',
      body: new Blob([JSON.stringify({ docs: [post()] })]).stream(),
      headers: chunked,
      duplex: 'half'
    } as RequestInit);
  expect([(await send()).status, (await send()).status]).toEqual([201, 429]);
});

test('where nobody is asked who she is, an address is limited, and no other one', async () => {
  for (let count = 0; count < BURST; count += 1) expect((await remote({}, '10.0.0.7')).statusCode).toBe(401);
  const answer = await remote({}, '10.0.0.7');
  expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([429, 'too-many-tries']);
  expect((await remote({}, '10.0.0.8')).statusCode).toBe(401);
  const payload = { account: guru.account, password: PASSWORD };
  const session = { method: 'POST', url: '/api/session', payload, remoteAddress: '10.0.0.7' } as const;
  expect((await gateway.app.inject(session)).statusCode).toBe(429);
});

test('a device that comes back after a month never feels it', async () => {
  const real = await openTestGateway([guru]);
  try {
    const { access } = await signIn(real, guru.account);
    const headers = { authorization: `Bearer ${access}` };
    // 3,000 items of 2 KB, 50 to a request as the private lane sends them, and no pause in between.
    const statuses = await Promise.all(
      Array.from({ length: 60 }, async () => {
        const payload = { docs: Array.from({ length: 50 }, () => post('x'.repeat(2_000))) };
        return (await real.app.inject({ method: 'POST', url: `${root}/_bulk_docs`, payload, headers })).statusCode;
      })
    );
    expect(new Set(statuses)).toEqual(new Set([201]));
    expect(WRITE_LIMITS.session.burst).toBeGreaterThan(60 * 4 * 2);
  } finally {
    await real.close();
  }
});
