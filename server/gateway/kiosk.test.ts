import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SessionGrant } from '../../src/lib/domain/api.ts';
import { formatCode, type Enrolled, type HandOff, type KioskProof } from '../../src/lib/domain/kiosk.ts';
import { HAND_OFF_MS, openHandOffs } from '../kiosk/hand-offs.ts';
import { ENROL_MS, kioskOf, openKiosks, type Kiosks } from '../kiosk/kiosks.ts';
import { makePerson, openTestGateway, PASSWORD, type TestGateway } from './fixtures.ts';
import { KIOSK_MS } from './sessions/documents.ts';
import { openSessions } from './sessions/store.ts';

const guru = makePerson('guru');
const machine = makePerson('mesin', { roles: ['kiosk'] });
let gateway: TestGateway;
let kiosks: Kiosks;

beforeAll(async () => {
  gateway = await openTestGateway([guru, machine]);
  kiosks = openKiosks(gateway.couch);
});
afterAll(() => gateway.close());

const post = (url: string, payload: object, headers = {}) =>
  gateway.app.inject({ method: 'POST', url, payload, headers: { 'x-forwarded-for': '203.0.113.9', ...headers } });

async function enrol(name = 'Loket 1'): Promise<KioskProof> {
  const { code } = await kiosks.add(name, 'asmat');
  const { kiosk, secret } = (await post('/api/kiosk', { code: formatCode(code).toLowerCase() })).json<Enrolled>();
  return { kiosk, secret };
}

const handOff = async (): Promise<HandOff> =>
  (await post('/api/handoff', {}, await gateway.bearer(guru))).json<HandOff>();

test('a code from the office makes one browser the kiosk, and no second one', async () => {
  const { code } = await kiosks.add('Loket 2', 'asmat');
  const answers = await Promise.all([post('/api/kiosk', { code }), post('/api/kiosk', { code })]);
  expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
  expect((await post('/api/kiosk', { code })).json()).toMatchObject({ code: 'wrong-code' });
});

test('a code that is too old makes no kiosk', async () => {
  const { code } = await kiosks.add('Loket 3', 'asmat');
  const later = openKiosks(gateway.couch, () => Date.now() + ENROL_MS + 1_000);
  expect(await later.enrol(code)).toBeUndefined();
});

test('a person is let in with the code of her phone, once, and her list of devices names the kiosk', async () => {
  const proof = await enrol();
  const { code } = await handOff();
  const answer = await post('/api/kiosk/session', { ...proof, code: formatCode(code) });
  const grant = answer.json<SessionGrant>();
  expect([answer.statusCode, grant.person]).toEqual([200, guru.id]);
  const headers = { authorization: `Bearer ${grant.access}` };
  expect((await gateway.app.inject({ url: `/db/person-${guru.id}`, headers })).statusCode).toBe(200);
  const { devices } = (await gateway.app.inject({ url: '/api/devices', headers })).json<{ devices: object[] }>();
  expect(devices).toContainEqual(expect.objectContaining({ current: true, kiosk: 'Loket 1' }));
  const again = await post('/api/kiosk/session', { ...proof, code });
  expect([again.statusCode, again.json()]).toEqual([401, expect.objectContaining({ code: 'wrong-code' })]);
});

test('a code that is too old lets nobody in, and is swept away', async () => {
  const later = openHandOffs(gateway.couch, () => Date.now() + HAND_OFF_MS + 1_000);
  const { code } = await handOff();
  expect(await later.take(code)).toBeUndefined();
  await later.sweep();
  expect(await openHandOffs(gateway.couch).take(code)).toBeUndefined();
});

test('without the proof of a kiosk no code lets anybody in, and it is not used up', async () => {
  const proof = await enrol();
  const { code } = await handOff();
  for (const wrong of [
    { ...proof, secret: 'x' },
    { ...proof, kiosk: crypto.randomUUID() }
  ]) {
    const answer = await post('/api/kiosk/session', { ...wrong, code });
    expect([answer.statusCode, answer.json()]).toEqual([401, expect.objectContaining({ code: 'kiosk-ended' })]);
  }
  const answer = await post('/api/kiosk/session', { ...proof, code });
  expect([answer.statusCode, answer.body]).toEqual([200, expect.anything()]);
});

test('a kiosk that the office has ended lets nobody in', async () => {
  const proof = await enrol('Loket 4');
  expect((await post('/api/kiosk/check', proof)).statusCode).toBe(204);
  const found = (await kiosks.list()).find((one) => kioskOf(one) === proof.kiosk);
  await kiosks.remove(found ? kioskOf(found) : '');
  expect((await post('/api/kiosk/check', proof)).statusCode).toBe(401);
  const { code } = await handOff();
  expect((await post('/api/kiosk/session', { ...proof, code })).statusCode).toBe(401);
  const account = { account: 'guru', password: PASSWORD, kiosk: proof };
  expect((await post('/api/session', account)).json()).toMatchObject({ code: 'kiosk-ended' });
});

test('a session of a kiosk is over half a day after its last use', async () => {
  const kiosk = await enrol('Loket 5');
  const { refresh } = (await post('/api/session', { account: 'guru', password: PASSWORD, kiosk })).json<SessionGrant>();
  const at = (ms: number) => openSessions(gateway.couch, () => Date.now() + ms);
  expect(await at(KIOSK_MS - 60_000).use(refresh)).toBeDefined();
  expect(await at(2 * KIOSK_MS).use(refresh)).toBeUndefined();
});

test('who guesses codes has to wait', async () => {
  const proof = await enrol('Loket 6');
  const codes: number[] = [];
  for (let tries = 0; tries < 7; tries += 1)
    codes.push((await post('/api/kiosk/session', { ...proof, code: 'ZZZZZZZZ' })).statusCode);
  expect(codes.at(-1)).toBe(429);
});

test('a machine hands nobody over', async () => {
  expect((await post('/api/handoff', {}, await gateway.bearer(machine))).statusCode).toBe(403);
});
