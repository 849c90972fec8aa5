import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SessionGrant } from '../../../src/lib/domain/api.ts';
import { REGISTRY } from '../../../src/lib/domain/databases.ts';
import { openDatabase } from '../../registry/database.ts';
import { makePerson, openTestGateway, PASSWORD, signIn, type TestGateway } from '../fixtures.ts';
import { REFRESH_MS, type SessionDocument } from './documents.ts';
import { openSessions } from './store.ts';

const guru = makePerson('guru');
const rekan = makePerson('rekan');
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await openTestGateway([guru, rekan]);
});
afterAll(() => gateway.close());

const post = (url: string, payload: object, headers = {}) =>
  gateway.app.inject({ method: 'POST', url, payload, headers });
const own = (grant: SessionGrant) =>
  gateway.app.inject({ url: `/db/person-${grant.person}`, headers: { authorization: `Bearer ${grant.access}` } });

test('signing in gives the tokens of a device and opens the own database', async () => {
  const answer = await post('/api/session', { account: ' GURU ', password: PASSWORD });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(answer.headers['set-cookie']).toBeUndefined();
  const grant = answer.json<SessionGrant>();
  expect(grant.person).toBe(guru.id);
  expect(Date.parse(grant.accessExpiresAt) - Date.parse(grant.now)).toBeGreaterThan(14 * 60_000);
  expect((await own(grant)).json()).toMatchObject({ db_name: `person-${guru.id}` });
});

test('a wrong password and an unknown account get the same answer', async () => {
  const wrong = await post('/api/session', { account: 'guru', password: 'salah' });
  const unknown = await post('/api/session', { account: 'tidak-ada', password: PASSWORD });
  expect(wrong.statusCode).toBe(401);
  expect(unknown.statusCode).toBe(401);
  expect(wrong.json()).toMatchObject({ code: 'wrong-credentials' });
  expect(unknown.json()).toEqual(wrong.json());
});

test('after some failures the answer is 429 with the seconds to wait', async () => {
  const headers = { 'x-forwarded-for': '203.0.113.7' };
  const codes: number[] = [];
  for (let index = 0; index < 6; index += 1) {
    codes.push((await post('/api/session', { account: 'rekan', password: 'salah' }, headers)).statusCode);
  }
  const answer = await post('/api/session', { account: 'rekan', password: PASSWORD }, headers);
  expect(codes.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
  expect(answer.statusCode).toBe(429);
  expect(answer.json()).toMatchObject({ code: 'too-many-tries', retryAfter: expect.any(Number) });
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  expect((await post('/api/session', { account: 'rekan', password: PASSWORD })).statusCode).toBe(200);
});

test('a field that only a newer app knows does not keep anybody out', async () => {
  const payload = { account: 'guru', password: PASSWORD, fromNewerApp: 1 };
  expect((await post('/api/session', payload)).statusCode).toBe(200);
});

test('bodies of another shape are refused', async () => {
  for (const payload of [{}, { account: 'guru' }, { account: 'guru', password: 1 }, []]) {
    expect((await post('/api/session', payload)).json()).toMatchObject({ code: 'bad-request' });
  }
  const huge = await post('/api/session', { account: 'guru', password: 'x'.repeat(10_000) });
  expect(huge.statusCode).toBe(413);
  const headers = { 'content-type': 'application/json' };
  const broken = await gateway.app.inject({ method: 'POST', url: '/api/session', payload: '{', headers });
  expect(broken.statusCode).toBe(400);
});

test('a refresh token gives new access and stays the same', async () => {
  const grant = await signIn(gateway, 'guru');
  const answer = await post('/api/session/refresh', { refresh: grant.refresh });
  expect(answer.json()).toMatchObject({ person: guru.id, refresh: grant.refresh });
  expect((await own(answer.json())).statusCode).toBe(200);
});

test('what is no refresh token of ours is refused as ended', async () => {
  const { refresh } = await signIn(gateway, 'guru');
  const [session, secret] = refresh.split('.');
  const other = (await signIn(gateway, 'rekan')).refresh.split('.')[1];
  for (const token of [
    '',
    'x',
    `${session}.`,
    `${session}.${other}`,
    `${crypto.randomUUID()}.${secret}`,
    session ?? ''
  ]) {
    const answer = await post('/api/session/refresh', { refresh: token });
    expect(answer.statusCode, token).toBe(401);
    expect(answer.json()).toMatchObject({ code: 'session-ended' });
  }
});

test('the secret is stored as a hash only', async () => {
  const { refresh } = await signIn(gateway, 'guru');
  const [session, secret = ''] = refresh.split('.');
  const stored = await openDatabase(gateway.couch, 'admin', REGISTRY).get(`session:${session}`);
  expect(stored).toMatchObject({ type: 'session', person: guru.id });
  expect(JSON.stringify(stored)).not.toContain(secret);
});

test('signing out ends the session at once, and only this one', async () => {
  const [first, second] = [await signIn(gateway, 'guru'), await signIn(gateway, 'guru')];
  const headers = { authorization: `Bearer ${first.access}` };
  const answer = await gateway.app.inject({ method: 'DELETE', url: '/api/session', headers });
  expect(answer.statusCode).toBe(204);
  // On a shared browser it would wipe the places of everybody else.
  expect(answer.headers['clear-site-data']).toBeUndefined();
  expect((await own(first)).statusCode).toBe(401);
  expect((await post('/api/session/refresh', { refresh: first.refresh })).statusCode).toBe(401);
  expect((await own(second)).statusCode).toBe(200);
  const payload = { refresh: second.refresh };
  expect((await gateway.app.inject({ method: 'DELETE', url: '/api/session', payload })).statusCode).toBe(204);
  expect((await own(second)).statusCode).toBe(401);
  expect((await gateway.app.inject({ method: 'DELETE', url: '/api/session' })).statusCode).toBe(401);
});

test('a session lives 90 days from its last use, then it is swept away', async () => {
  const clock = { now: Date.now() };
  const sessions = openSessions(gateway.couch, () => clock.now);
  const { session, refresh } = await sessions.begin(guru.id);
  clock.now += REFRESH_MS - 1000;
  expect(await sessions.use(refresh)).toEqual({ session, person: guru.id });
  clock.now += REFRESH_MS - 1000;
  expect(await sessions.use(refresh)).toBeDefined();
  clock.now += REFRESH_MS;
  expect(await sessions.use(refresh)).toBeUndefined();
  await sessions.sweep();
  const registry = openDatabase(gateway.couch, 'admin', REGISTRY);
  expect(await registry.get<SessionDocument>(`session:${session}`)).toBeUndefined();
});

test('the key that a device signs with outlives its session, and a lost device is told apart', async () => {
  const sessions = openSessions(gateway.couch);
  const { session } = await sessions.begin(guru.id);
  expect(await sessions.signer(session)).toMatchObject({ person: guru.id });
  await sessions.setDeviceKey(session, 'kunci');
  await sessions.end(session);
  expect(await sessions.signer(session)).toMatchObject({ person: guru.id, deviceKey: 'kunci' });
  expect((await sessions.signer(session))?.lostAt).toBeUndefined();
  const lost = await sessions.begin(guru.id);
  await sessions.setDeviceKey(lost.session, 'kunci');
  await sessions.end(lost.session, 'lost');
  expect((await sessions.signer(lost.session))?.lostAt).toBeDefined();
  expect(await sessions.signer(crypto.randomUUID())).toBeUndefined();
});
