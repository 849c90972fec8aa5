import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Device, DeviceList, SessionGrant } from '../../../src/lib/domain/api.ts';
import { REGISTRY } from '../../../src/lib/domain/databases.ts';
import { openDatabase } from '../../registry/database.ts';
import { makePerson, openTestGateway, signIn, type TestGateway } from '../fixtures.ts';
import { openDevices } from './devices.ts';
import { pointerId } from './documents.ts';
import { openSessions } from './store.ts';

const guru = makePerson('guru');
const rekan = makePerson('rekan');
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await openTestGateway([guru, rekan]);
});
afterAll(() => gateway.close());

const call = (grant: SessionGrant, method: 'GET' | 'DELETE' | 'POST', url: string) =>
  gateway.app.inject({ method, url, headers: { authorization: `Bearer ${grant.access}` } });
const listOf = async (grant: SessionGrant): Promise<Device[]> =>
  (await call(grant, 'GET', '/api/devices')).json<DeviceList>().devices;
const sessionIn = ({ refresh }: SessionGrant): string => refresh.slice(0, 36);
const refresh = (grant: SessionGrant) =>
  gateway.app.inject({ method: 'POST', url: '/api/session/refresh', payload: { refresh: grant.refresh } });

test('a person sees her own devices, and which of them asks', async () => {
  const [phone, desk] = [await signIn(gateway, 'guru'), await signIn(gateway, 'guru')];
  await signIn(gateway, 'rekan');
  const devices = await listOf(phone);
  expect(devices.map(({ id }) => id).sort()).toEqual([sessionIn(phone), sessionIn(desk)].sort());
  expect(devices.filter(({ current }) => current).map(({ id }) => id)).toEqual([sessionIn(phone)]);
  expect(JSON.stringify(devices)).not.toContain('secret');
});

test('what a user agent says becomes two plain words', async () => {
  const answer = await gateway.app.inject({
    method: 'POST',
    url: '/api/session',
    headers: { 'user-agent': 'Mozilla/5.0 (Linux; Android 10; K) Chrome/140.0.0.0 Mobile Safari/537.36' },
    payload: { account: 'guru', password: 'rahasia-untuk-uji' }
  });
  const devices = await listOf(answer.json());
  expect(devices.find(({ current }) => current)).toMatchObject({ browser: 'Chrome', system: 'Android' });
});

test('an ended session counts no more at once, and a foreign one cannot be ended', async () => {
  const [mine, other, foreign] = [
    await signIn(gateway, 'guru'),
    await signIn(gateway, 'guru'),
    await signIn(gateway, 'rekan')
  ];
  expect((await call(mine, 'DELETE', `/api/devices/${sessionIn(foreign)}`)).statusCode).toBe(404);
  expect((await call(mine, 'POST', `/api/devices/${sessionIn(foreign)}/lost`)).statusCode).toBe(404);
  expect((await call(mine, 'DELETE', '/api/devices/x')).statusCode).toBe(404);
  expect((await call(mine, 'DELETE', `/api/devices/${sessionIn(other)}`)).statusCode).toBe(204);
  expect((await call(other, 'GET', '/api/devices')).statusCode).toBe(401);
  expect((await refresh(other)).json()).toMatchObject({ code: 'session-ended' });
  expect((await call(foreign, 'GET', '/api/devices')).statusCode).toBe(200);
  expect((await listOf(mine)).map(({ id }) => id)).not.toContain(sessionIn(other));
});

test('ending all others leaves the one that asks', async () => {
  const grants = [await signIn(gateway, 'guru'), await signIn(gateway, 'guru'), await signIn(gateway, 'guru')];
  const [mine = grants[0]!, ...others] = grants;
  expect((await call(mine, 'DELETE', '/api/devices')).statusCode).toBe(204);
  for (const other of others) expect((await call(other, 'GET', '/api/devices')).statusCode).toBe(401);
  expect(await listOf(mine)).toMatchObject([{ id: sessionIn(mine), current: true }]);
});

test('a device reported lost is told so when it comes, and it is written down that it was', async () => {
  const [mine, lost] = [await signIn(gateway, 'guru'), await signIn(gateway, 'guru')];
  const found = async () => (await listOf(mine)).find(({ id }) => id === sessionIn(lost));
  expect((await call(mine, 'POST', `/api/devices/${sessionIn(lost)}/lost`)).statusCode).toBe(204);
  expect(await found()).toMatchObject({ lostAt: expect.any(String) });
  expect(await found()).not.toHaveProperty('toldAt');
  expect((await call(lost, 'GET', '/api/devices')).statusCode).toBe(401);
  const guessed = { ...lost, refresh: `${sessionIn(lost)}.${'A'.repeat(43)}` };
  expect((await refresh(guessed)).json()).toMatchObject({ code: 'session-ended' });
  const told = await refresh(lost);
  expect([told.statusCode, told.json()]).toEqual([403, expect.objectContaining({ code: 'device-lost' })]);
  expect(await found()).toMatchObject({ toldAt: expect.any(String) });
  expect((await refresh(lost)).json()).toMatchObject({ code: 'device-lost' });
  const payload = { refresh: lost.refresh };
  expect((await gateway.app.inject({ method: 'DELETE', url: '/api/session', payload })).statusCode).toBe(204);
  expect(await found()).toMatchObject({ destroyedAt: expect.any(String) });
});

test('a session that another process ends counts no more either', async () => {
  const grant = await signIn(gateway, 'rekan');
  const elsewhere = openDevices(gateway.couch, openSessions(gateway.couch));
  expect(await elsewhere.end(rekan.id, sessionIn(grant))).toBe(true);
  await vi.waitFor(async () => expect((await call(grant, 'GET', '/api/devices')).statusCode).toBe(401));
});

test('a session from before there were lists is found after the daily sweep', async () => {
  const grant = await signIn(gateway, 'rekan');
  const registry = openDatabase(gateway.couch, 'admin', REGISTRY);
  const pointer = await registry.get(pointerId(rekan.id, sessionIn(grant)));
  await registry.put({ ...pointer!, _deleted: true });
  expect((await listOf(grant)).map(({ id }) => id)).not.toContain(sessionIn(grant));
  await openSessions(gateway.couch).sweep();
  expect((await listOf(grant)).map(({ id }) => id)).toContain(sessionIn(grant));
});
