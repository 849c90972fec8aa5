import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AuditPage } from '../../../src/lib/domain/audit.ts';
import type { SessionGrant } from '../../../src/lib/domain/api.ts';
import { REGISTRY } from '../../../src/lib/domain/databases.ts';
import type { RecoveryCode } from '../../../src/lib/domain/recovery.ts';
import { openKiosks } from '../../kiosk/kiosks.ts';
import { openPasskeys } from '../../passkeys/store.ts';
import { openDatabase } from '../../registry/database.ts';
import { openRegistry } from '../../registry/index.ts';
import type { Person } from '../../registry/types.ts';
import { makePerson, openTestGateway, PASSWORD, signIn, type TestGateway } from '../fixtures.ts';
import { openRecoveryCodes, RECOVERY_MS } from './recovery-codes.ts';

const NEXT = 'perahu bocor lagi besok';
const makeAs = (account: string, ...roles: string[]) => makePerson(account, { roles: ['staff', ...roles] });

const guru = makeAs('guru');
const rekan = makeAs('rekan');
const far = makePerson('perawat', { agency: 'natuna' });
const petugas = makeAs('kepegawaian', 'officer');
const petugas2 = makeAs('kepegawaian2', 'officer');
const penerbit = makeAs('penerbit', 'publisher');
const pengawas = makeAs('pengawas', 'auditor');
const admin = makeAs('admin', 'administrator');
const admin2 = makeAs('admin2', 'administrator');
const mesin = makePerson('mesin', { roles: ['kiosk'] });
const bare = makePerson('tanpa-akun');
let gateway: TestGateway;

beforeAll(async () => {
  const persons = [guru, rekan, far, petugas, petugas2, penerbit, pengawas, admin, admin2, mesin];
  gateway = await openTestGateway(persons);
  await openRegistry(gateway.couch).addPersons([{ person: bare, passwordHash: '' }]);
});
afterAll(() => gateway.close());

const give = async (helper: Person, person: Person, checked = 'card', password = PASSWORD) =>
  gateway.app.inject({
    method: 'POST',
    url: '/api/recovery',
    headers: await gateway.bearer(helper),
    payload: { person: person.id, checked, password }
  });
const codeFor = async (person: Person): Promise<string> => (await give(petugas, person)).json<RecoveryCode>().code;
const recover = (account: string, code: string, password = NEXT, more: object = {}) =>
  gateway.app.inject({
    method: 'POST',
    url: '/api/recovery/session',
    headers: { 'x-forwarded-for': '203.0.113.9' },
    payload: { account, code, password, ...more }
  });
const enter = async (account: string, password: string) =>
  (await gateway.app.inject({ method: 'POST', url: '/api/session', payload: { account, password } })).statusCode;
const mine = async ({ access }: SessionGrant, url: string) =>
  gateway.app.inject({ url, headers: { authorization: `Bearer ${access}` } });

test('a person comes back in with the code of her officer; whoever was in before is out, and she sees who helped', async () => {
  const before = await signIn(gateway, 'guru');
  const code = await codeFor(guru);
  const typed = code.toLowerCase().replace(/(.{4})(?=.)/g, '$1-');
  const answer = await recover(' GURU ', typed);
  expect([answer.statusCode, answer.json()]).toEqual([200, expect.objectContaining({ person: guru.id })]);
  const grant = answer.json<SessionGrant>();
  expect((await mine(before, '/api/devices')).statusCode).toBe(401);
  expect((await mine(grant, `/db/person-${guru.id}`)).statusCode).toBe(200);
  expect([await enter('guru', PASSWORD), await enter('guru', NEXT)]).toEqual([401, 200]);
  const { entries } = (await mine(grant, '/api/audit/me')).json<AuditPage>();
  expect(entries).toContainEqual(expect.objectContaining({ action: 'recovered', by: { kind: 'self' } }));
  expect(entries).toContainEqual(
    expect.objectContaining({
      action: 'gave-recovery',
      why: 'checked-card',
      by: { kind: 'person', name: petugas.name }
    })
  );
});

test('a code works once, for one person, and a new one makes the old one void', async () => {
  const first = await codeFor(rekan);
  const second = await codeFor(rekan);
  expect((await recover('rekan', first)).json()).toMatchObject({ code: 'wrong-code' });
  expect((await recover('guru', second)).json()).toMatchObject({ code: 'wrong-code' });
  const answers = await Promise.all([recover('rekan', second), recover('rekan', second)]);
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 401]);
  expect((await recover('rekan', second)).statusCode).toBe(401);
  const unknown = await recover('tidak-ada', second);
  expect([unknown.statusCode, unknown.json()]).toEqual([401, (await recover('rekan', second)).json()]);
});

test('a bad password does not use the code up, and tells nobody without it what is wrong', async () => {
  const code = await codeFor(guru);
  const answer = await recover('guru', code, 'guru-asmat-2026');
  expect([answer.statusCode, answer.json()]).toEqual([422, expect.objectContaining({ code: 'password-known' })]);
  expect((await recover('guru', 'ZZZZZZZZZZZZ', 'pendek')).json()).toMatchObject({ code: 'wrong-code' });
  expect((await recover('guru', code)).statusCode).toBe(200);
});

test('after a day a code is worth nothing and swept away; the code itself is stored nowhere', async () => {
  const code = await codeFor(guru);
  const database = openDatabase(gateway.couch, 'admin', REGISTRY);
  const stored = await database.get(`recovery:${guru.id}`);
  expect(stored).toMatchObject({ type: 'recovery' });
  expect(JSON.stringify(stored)).not.toContain(code);
  const later = openRecoveryCodes(gateway.couch, () => Date.now() + RECOVERY_MS + 1_000);
  expect(await later.take(guru.id, code)).toBe(false);
  await later.sweep();
  expect(await database.get(`recovery:${guru.id}`)).toBeUndefined();
});

test('a session begun at a kiosk is that of a kiosk', async () => {
  const kiosks = openKiosks(gateway.couch);
  const enrolled = await kiosks.enrol((await kiosks.add('Loket 1', 'asmat')).code);
  const kiosk = { kiosk: enrolled?.kiosk, secret: enrolled?.secret };
  const code = await codeFor(guru);
  const wrong = await recover('guru', code, NEXT, { kiosk: { ...kiosk, secret: 'x' } });
  expect(wrong.json()).toMatchObject({ code: 'kiosk-ended' });
  const grant = (await recover('guru', code, NEXT, { kiosk })).json<SessionGrant>();
  const { devices } = (await mine(grant, '/api/devices')).json<{ devices: object[] }>();
  expect(devices).toEqual([expect.objectContaining({ current: true, kiosk: 'Loket 1' })]);
});

test('nobody’s role grows by helping', async () => {
  const helps = async (helper: Person, person: Person) => (await give(helper, person)).statusCode;
  const everybody = { guru, far, petugas2, penerbit, pengawas, admin2, mesin };
  const allowed: [Person, (keyof typeof everybody)[]][] = [
    [petugas, ['guru']],
    [admin, ['guru', 'far', 'petugas2', 'penerbit', 'pengawas']],
    [rekan, []],
    [penerbit, []],
    [pengawas, []]
  ];
  for (const [helper, list] of allowed)
    for (const [name, person] of Object.entries(everybody))
      expect([helper.account, name, await helps(helper, person)]).toEqual([
        helper.account,
        name,
        list.some((one) => one === name) ? 200 : 403
      ]);
  expect([await helps(petugas, petugas), await helps(admin, admin)]).toEqual([403, 403]);
});

test('who has no account, is not known, or was not looked at gets no code', async () => {
  expect((await give(petugas, bare)).json()).toMatchObject({ code: 'no-account' });
  expect((await give(petugas, makePerson('siapa'))).json()).toMatchObject({ code: 'not-found' });
  expect((await give(petugas, guru, 'card', 'bukan kata sandinya')).json()).toMatchObject({
    code: 'wrong-credentials'
  });
  expect((await give(petugas, guru, 'tidak')).json()).toMatchObject({ code: 'bad-request' });
});

test('who guesses codes has to wait, and their owner sees that it was tried', async () => {
  const codes: number[] = [];
  for (let tries = 0; tries < 6; tries += 1) codes.push((await recover('perawat', 'ZZZZZZZZZZZZ')).statusCode);
  expect(codes).toEqual([401, 401, 401, 401, 401, 429]);
  const { entries } = (await mine(await signIn(gateway, 'perawat'), '/api/audit/me')).json<AuditPage>();
  expect(entries).toContainEqual(expect.objectContaining({ action: 'failed-sign-in', count: 5 }));
});

test('a passkey that somebody else may have added lets nobody in any more', async () => {
  const passkeys = openPasskeys(gateway.couch);
  const createdAt = new Date().toISOString();
  const passkey = { credential: 'x', publicKey: 'x', counter: 0, synced: false, createdAt };
  await passkeys.put({ ...passkey, person: guru.id });
  expect(await passkeys.list(guru.id)).toHaveLength(1);
  expect((await recover('guru', await codeFor(guru))).statusCode).toBe(200);
  expect(await passkeys.list(guru.id)).toEqual([]);
});
