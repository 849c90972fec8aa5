import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ApiError, SessionGrant } from '../../../src/lib/domain/api.ts';
import type { Enrolment, FactorState } from '../../../src/lib/domain/factor.ts';
import { codeAt, stepAt } from '../../factor/totp.ts';
import { makePerson, openTestGateway, PASSWORD, type TestGateway } from '../fixtures.ts';

const persons = {
  guru: makePerson('guru'),
  rekan: makePerson('rekan'),
  lupa: makePerson('lupa'),
  kunci: makePerson('kunci'),
  jam: makePerson('jam'),
  tebak: makePerson('tebak'),
  petugas: makePerson('petugas', { roles: ['staff', 'officer'] }),
  atasan: makePerson('atasan', { roles: ['staff', 'administrator'] }),
  telat: makePerson('telat', { roles: ['staff', 'officer'] })
};
let gateway: TestGateway;

beforeAll(async () => {
  // A code is of half a minute: no test stands astride of two.
  vi.useFakeTimers({ toFake: ['Date'] });
  gateway = await openTestGateway(Object.values(persons), { secondFactor: new Set(['officer']) });
});
afterAll(async () => {
  await gateway.close();
  vi.useRealTimers();
});

type Method = 'GET' | 'POST' | 'DELETE';

const signInAs = async (account: string, given: { code?: string; ticket?: string; password?: string } = {}) => {
  const payload = { account, password: PASSWORD, ...given };
  const answer = await gateway.app.inject({ method: 'POST', url: '/api/session', payload });
  return { status: answer.statusCode, ...answer.json<SessionGrant & ApiError>() };
};
const call = async (grant: { access: string }, method: Method, path = '', payload?: object) => {
  const headers = { authorization: `Bearer ${grant.access}` };
  const answer = await gateway.app.inject({ method, url: `/api/factor${path}`, headers, ...(payload && { payload }) });
  return { status: answer.statusCode, body: answer.body ? answer.json<Record<string, unknown>>() : {} };
};

/** The code that an authenticator app shows `steps` from now. */
const codeOf = (secret: string, steps = 0): string => {
  const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = (bits.match(/.{8}/g) ?? []).map((eight) => parseInt(eight, 2));
  return codeAt(new Uint8Array(bytes), stepAt(Date.now()) + steps);
};

/** Switches the factor on; the present step is used up by that. */
async function enrol(account: string) {
  const grant = await signInAs(account);
  const { body } = await call(grant, 'POST', '/enrolment', { password: PASSWORD });
  const { secret, ticket, uri } = body as Enrolment;
  const on = await call(grant, 'POST', '', { ticket, code: codeOf(secret) });
  return { grant, secret, uri, on, recovery: (on.body as { recovery: string[] }).recovery };
}

test('a person switches it on, and from then on a password alone lets nobody in', async () => {
  const { grant, secret, uri, on, recovery } = await enrol('guru');
  expect(uri).toBe(`otpauth://totp/SmartASN:guru?secret=${secret}&issuer=SmartASN`);
  expect(on.status).toBe(200);
  expect(new Set(recovery).size).toBe(10);
  expect((await call(grant, 'GET')).body).toMatchObject({ on: true, left: 10, required: false });
  expect(await signInAs('guru')).toMatchObject({ status: 401, code: 'code-needed' });
  expect(await signInAs('guru', { code: codeOf(secret) })).toMatchObject({ status: 401, code: 'wrong-factor' });
  expect(await signInAs('guru', { code: codeOf(secret, 1) })).toMatchObject({ status: 200, person: persons.guru.id });
  expect(await signInAs('guru', { code: codeOf(secret, 1) })).toMatchObject({ status: 401, code: 'wrong-factor' });
  const wrong = await signInAs('guru', { password: 'bukan', code: codeOf(secret, 1) });
  expect(wrong).toMatchObject({ status: 401, code: 'wrong-credentials' });
});

test('nobody who knows the password alone makes a passkey that would do instead', async () => {
  const { grant, recovery } = await enrol('kunci');
  const headers = { authorization: `Bearer ${grant.access}`, host: 'localhost' };
  const ask = (payload: object) =>
    gateway.app.inject({ method: 'POST', url: '/api/passkeys/options', headers, payload });
  const refused = await ask({ password: PASSWORD });
  expect([refused.statusCode, refused.json()]).toEqual([403, expect.objectContaining({ code: 'code-needed' })]);
  expect((await ask({ password: PASSWORD, code: recovery[0] })).statusCode).toBe(200);
});

test('a recovery code lets in once, as people type it, and new ones replace the old', async () => {
  const { grant, recovery } = await enrol('lupa');
  const [first = '', second = '', third = ''] = recovery;
  expect(await signInAs('lupa', { code: first.toLowerCase().replace('-', ' ') })).toMatchObject({ status: 200 });
  expect(await signInAs('lupa', { code: first })).toMatchObject({ status: 401, code: 'wrong-factor' });
  expect((await call(grant, 'GET')).body).toMatchObject({ left: 9 });
  const renewed = await call(grant, 'POST', '/codes', { password: PASSWORD, code: second });
  expect((renewed.body as { recovery: string[] }).recovery).toHaveLength(10);
  expect(await signInAs('lupa', { code: third })).toMatchObject({ status: 401, code: 'wrong-factor' });
});

test('changing it asks for the password, and for a code where it is on', async () => {
  const { grant, secret, recovery } = await enrol('rekan');
  const change = (payload: object) => call(grant, 'DELETE', '', payload);
  expect(await change({ password: 'bukan' })).toMatchObject({ status: 403, body: { code: 'wrong-credentials' } });
  expect(await change({ password: PASSWORD })).toMatchObject({ status: 403, body: { code: 'code-needed' } });
  expect(await change({ password: PASSWORD, code: codeOf(secret) })).toMatchObject({ status: 403 });
  const again = await call(grant, 'POST', '/enrolment', { password: PASSWORD });
  expect(again).toMatchObject({ status: 403, body: { code: 'code-needed' } });
  expect((await change({ password: PASSWORD, code: recovery[0] })).status).toBe(204);
  expect(await signInAs('rekan')).toMatchObject({ status: 200 });
  expect((await call(grant, 'GET')).body).toEqual({ on: false, required: false } satisfies FactorState);
});

test('a wrong clock is told with how wrong it is, and what it showed never counts', async () => {
  const { secret } = await enrol('jam');
  const early = codeOf(secret, 20);
  const answer = await signInAs('jam', { code: early });
  expect(answer).toMatchObject({ status: 401, code: 'clock-wrong', clock: 600 });
  expect(await signInAs('jam', { code: early })).toMatchObject({ code: 'wrong-factor' });
  const before = await signInAs('jam', { code: codeOf(secret, -2_000) });
  expect(before).toMatchObject({ code: 'clock-wrong', clock: -60_000 });
});

test('who guesses waits longer and longer', async () => {
  await enrol('tebak');
  const answers: number[] = [];
  for (let tries = 0; tries < 8; tries += 1) answers.push((await signInAs('tebak', { code: 'AAAAA-AAAAA' })).status);
  expect(answers.slice(0, 4)).toEqual([401, 401, 401, 401]);
  expect(answers.at(-1)).toBe(429);
});

test('who has power over the data of others makes one before she is let in, and keeps it', async () => {
  const asked = await signInAs('petugas');
  expect(asked).toMatchObject({ status: 401, code: 'factor-required', enrolment: { secret: expect.any(String) } });
  const { secret, ticket } = asked.enrolment ?? { secret: '', ticket: '' };
  const typo = await signInAs('petugas', { ticket, code: '000000' });
  expect(typo).toMatchObject({ status: 401, code: 'wrong-factor' });
  const behind = await signInAs('petugas', { ticket, code: codeOf(secret, -10) });
  expect(behind).toMatchObject({ status: 401, code: 'clock-wrong' });
  const grant = await signInAs('petugas', { ticket, code: codeOf(secret) });
  expect(grant).toMatchObject({ status: 200, recovery: expect.any(Array) });
  expect(await signInAs('petugas')).toMatchObject({ code: 'code-needed' });
  const off = await call(grant, 'DELETE', '', { password: PASSWORD, code: grant.recovery?.[0] });
  expect(off).toMatchObject({ status: 403, body: { code: 'factor-required' } });
});

test('who comes back in by a colleague has lost her factor as well, and makes a new one first', async () => {
  const helper = await gateway.bearer(persons.atasan);
  const wish = { person: persons.petugas.id, checked: 'card', password: PASSWORD };
  const given = await gateway.app.inject({ method: 'POST', url: '/api/recovery', headers: helper, payload: wish });
  const { code } = given.json<{ code: string }>();
  const password = 'perahu bocor lagi besok';
  const payload = { account: 'petugas', code, password };
  const answer = await gateway.app.inject({ method: 'POST', url: '/api/recovery/session', payload });
  const asked = answer.json<ApiError>();
  expect([answer.statusCode, asked.code]).toEqual([401, 'factor-required']);
  const { secret, ticket } = asked.enrolment ?? { secret: '', ticket: '' };
  expect(await signInAs('petugas', { password, ticket, code: codeOf(secret) })).toMatchObject({
    status: 200,
    recovery: expect.any(Array)
  });
});

test("a ticket is its person's, and is no ticket when it is changed", async () => {
  const { enrolment } = await signInAs('telat');
  const { secret, ticket } = enrolment ?? { secret: '', ticket: '' };
  const grant = await signInAs('rekan');
  const foreign = await call(grant, 'POST', '', { ticket, code: codeOf(secret) });
  expect(foreign).toMatchObject({ status: 403, body: { code: 'ticket-over' } });
  const changed = `A${ticket.slice(1)}`;
  expect(await signInAs('telat', { ticket: changed, code: codeOf(secret) })).toMatchObject({ code: 'ticket-over' });
});

test('the secret stands nowhere in the database', async () => {
  const { body } = await call(await signInAs('rekan'), 'POST', '/enrolment', { password: PASSWORD });
  const { secret, ticket } = body as Enrolment;
  expect((await call(await signInAs('rekan'), 'POST', '', { ticket, code: codeOf(secret) })).status).toBe(200);
  const all = await gateway.couch.fetch('admin', '/registry/_all_docs?include_docs=true');
  const text = JSON.stringify(await all.json());
  expect(text).toContain(`factor:${persons.rekan.id}`);
  expect(text).not.toContain(secret);
});
