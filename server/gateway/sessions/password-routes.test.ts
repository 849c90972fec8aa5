import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AuditPage } from '../../../src/lib/domain/audit.ts';
import type { SessionGrant } from '../../../src/lib/domain/api.ts';
import { makePerson, openTestGateway, PASSWORD, signIn, type TestGateway } from '../fixtures.ts';

const NEXT = 'perahu bocor lagi besok';
const guru = makePerson('guru');
const rekan = makePerson('rekan');
const perawat = makePerson('perawat');
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await openTestGateway([guru, rekan, perawat]);
});
afterAll(() => gateway.close());

const headersOf = ({ access }: Pick<SessionGrant, 'access'>) => ({ authorization: `Bearer ${access}` });
const change = (grant: Pick<SessionGrant, 'access'>, payload: object) =>
  gateway.app.inject({ method: 'POST', url: '/api/password', headers: headersOf(grant), payload });
const devicesOf = (grant: SessionGrant) => gateway.app.inject({ url: '/api/devices', headers: headersOf(grant) });
const enter = (account: string, password: string) =>
  gateway.app.inject({ method: 'POST', url: '/api/session', payload: { account, password } });

test('a person changes her password, and her other sessions end at once', async () => {
  const [mine, other] = [await signIn(gateway, 'guru'), await signIn(gateway, 'guru')];
  expect((await change(mine, { current: PASSWORD, next: NEXT, endOthers: true })).statusCode).toBe(204);
  expect((await enter('guru', PASSWORD)).statusCode).toBe(401);
  expect((await enter('guru', NEXT)).statusCode).toBe(200);
  expect((await devicesOf(mine)).statusCode).toBe(200);
  expect((await devicesOf(other)).statusCode).toBe(401);
  const refreshed = await gateway.app.inject({
    method: 'POST',
    url: '/api/session/refresh',
    payload: { refresh: other.refresh }
  });
  expect(refreshed.json()).toMatchObject({ code: 'session-ended' });
  const told = await gateway.app.inject({ url: '/api/audit/me', headers: headersOf(mine) });
  expect(told.json<AuditPage>().entries).toContainEqual(
    expect.objectContaining({ action: 'changed-password', by: { kind: 'self' } })
  );
});

test('her other sessions go on where she wants that', async () => {
  const [mine, other] = [await signIn(gateway, 'perawat'), await signIn(gateway, 'perawat')];
  expect((await change(mine, { current: PASSWORD, next: NEXT, endOthers: false })).statusCode).toBe(204);
  expect((await devicesOf(other)).statusCode).toBe(200);
  expect((await enter('perawat', NEXT)).statusCode).toBe(200);
});

test('a password that is guessed first changes nothing and says why', async () => {
  const mine = await signIn(gateway, 'rekan');
  for (const [next, code] of [
    ['pendek', 'password-short'],
    ['password1234567', 'password-common'],
    ['rekan-asmat-2026', 'password-known']
  ] as const) {
    const answer = await change(mine, { current: PASSWORD, next, endOthers: true });
    expect([answer.statusCode, answer.json()], next).toEqual([422, expect.objectContaining({ code })]);
  }
  expect((await change(mine, { current: PASSWORD })).statusCode).toBe(400);
  expect((await enter('rekan', PASSWORD)).statusCode).toBe(200);
});

test('an unlocked device is not enough: the present password is asked, and is not guessed there or at sign-in', async () => {
  const mine = await signIn(gateway, 'rekan');
  const codes: number[] = [];
  for (let index = 0; index < 6; index += 1)
    codes.push((await change(mine, { current: 'salah', next: NEXT, endOthers: true })).statusCode);
  expect(codes).toEqual([403, 403, 403, 403, 403, 429]);
  expect((await enter('rekan', PASSWORD)).statusCode).toBe(429);
  expect((await change({ access: 'x' }, { current: PASSWORD, next: NEXT, endOthers: true })).statusCode).toBe(401);
});
