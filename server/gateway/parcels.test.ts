import { afterAll, beforeAll, expect, test } from 'vitest';
import { toBase64url } from '../../src/lib/domain/parcel/base64url.ts';
import { concat, headOf, PARCEL_LIMIT } from '../../src/lib/domain/parcel/layout.ts';
import { newNumber } from '../../src/lib/domain/parcel/number.ts';
import { makePerson, openTestGateway, signIn, type TestGateway } from './fixtures.ts';

const guru = makePerson('guru');
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await openTestGateway([guru]);
});
afterAll(() => gateway.close());

async function someDeviceKey(): Promise<string> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  return toBase64url(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)));
}

const register = (payload: object, headers = {}) =>
  gateway.app.inject({ method: 'PUT', url: '/api/parcels/device', payload, headers });

const bring = (payload: Buffer, type = 'application/octet-stream') =>
  gateway.app.inject({ method: 'POST', url: '/api/parcels', payload, headers: { 'content-type': type } });

test('a device tells its key and learns the one to seal to; only a real key, and only with a session', async () => {
  const { access } = await signIn(gateway, 'guru');
  const headers = { authorization: `Bearer ${access}` };
  const deviceKey = await someDeviceKey();
  const answer = await register({ deviceKey }, headers);
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toEqual({ serverKey: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) });
  expect((await register({ deviceKey: 'A'.repeat(87) }, headers)).statusCode).toBe(400);
  expect((await register({ deviceKey: '' }, headers)).statusCode).toBe(400);
  expect((await register({ deviceKey })).statusCode).toBe(401);
});

test('what is no parcel of this server is refused with its reason, without a sign-in', async () => {
  const answers = [
    [Buffer.from('halo'), 'not-a-parcel'],
    [Buffer.from([0x41, 0x53, 0x4e, 0x50, 9]), 'newer'],
    [Buffer.from([0x41, 0x53, 0x4e, 0x50, 1, 2]), 'damaged'],
    [Buffer.from(concat(headOf(new Uint8Array(8)), new Uint8Array(2_000))), 'foreign']
  ] as const;
  for (const [parcel, reason] of answers) {
    const answer = await bring(parcel);
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toEqual({ state: 'refused', reason });
  }
  expect((await bring(Buffer.alloc(PARCEL_LIMIT + 1))).json()).toMatchObject({ code: 'too-large' });
  expect((await bring(Buffer.from('{}'), 'application/json')).statusCode).toBe(400);
});

test('a number that nobody gave out is unknown, and one with a slip in it is none', async () => {
  const ask = (number: string) => gateway.app.inject({ url: `/api/parcels/${number}` });
  const number = newNumber();
  expect((await ask(number)).json()).toEqual({ state: 'unknown' });
  expect((await ask(number)).headers['cache-control']).toBe('no-store');
  const slip = (number.startsWith('0') ? '1' : '0') + number.slice(1);
  expect((await ask(slip)).statusCode).toBe(400);
});

test('nobody tries numbers by the thousand', async () => {
  const codes: number[] = [];
  for (let tries = 0; tries < 130; tries += 1)
    codes.push((await gateway.app.inject({ url: `/api/parcels/${newNumber()}` })).statusCode);
  expect(codes.at(-1)).toBe(429);
});
