import { generateKeyPairSync } from 'node:crypto';
import * as v from 'valibot';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { AuditPage } from '../../src/lib/domain/audit.ts';
import { REGISTRY } from '../../src/lib/domain/databases.ts';
import { creationOptions, requestOptions, type Passkey } from '../../src/lib/domain/passkeys.ts';
import { CHALLENGE_SECONDS, makeChallenge } from '../passkeys/challenge.ts';
import { openPasskeys } from '../passkeys/store.ts';
import { softAuthenticator, type Tricks } from '../passkeys/testing/authenticator.ts';
import { readCreated, siteOf } from '../passkeys/webauthn.ts';
import { openDatabase } from '../registry/database.ts';
import { makePerson, openTestGateway, PASSWORD, type TestGateway } from './fixtures.ts';
import { issueAccess } from './sessions/tokens.ts';

const ORIGIN = 'http://localhost:8080';
const OTHER_KEY = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const guru = makePerson('guru');
const rekan = makePerson('rekan');
let gateway: TestGateway;
let hers: { authorization: string };
let colleagues: { authorization: string };

beforeAll(async () => {
  gateway = await openTestGateway([guru, rekan]);
  [hers, colleagues] = [await gateway.bearer(guru), await gateway.bearer(rekan)];
});
afterEach(async () => {
  for (const headers of [hers, colleagues])
    for (const { id } of await listed(headers)) await ask('DELETE', `/${id}`, headers);
});
afterAll(() => gateway.close());

type Verb = 'GET' | 'POST' | 'PUT' | 'DELETE';
const ask = (method: Verb, path: string, headers: object, payload?: object) =>
  gateway.app.inject({
    method,
    url: `/api/passkeys${path}`,
    headers: { host: 'localhost:8080', ...headers },
    ...(payload && { payload })
  });
const listed = async (headers = hers): Promise<Passkey[]> =>
  (await ask('GET', '', headers)).json<{ passkeys: Passkey[] }>().passkeys;
const creation = async (headers = hers) =>
  (await ask('POST', '/options', headers, { password: PASSWORD })).json<{
    challenge: string;
    rp: { id: string };
    user: { id: string };
  }>();
const request = async () =>
  (await ask('POST', '/sign-in/options', {})).json<{ challenge: string; rpId: string; allowCredentials?: unknown }>();

/** A passkey of a person that the server knows. */
async function registered(headers = hers) {
  const key = softAuthenticator(ORIGIN);
  const answer = await ask('POST', '', headers, key.create(await creation(headers)));
  expect(answer.statusCode).toBe(200);
  return { key, passkey: answer.json<Passkey>() };
}
type Key = ReturnType<typeof softAuthenticator>;
const signIn = async (key: Key, tricks?: Tricks) => ask('POST', '/sign-in', {}, key.get(await request(), tricks));
const REFUSED = [401, expect.objectContaining({ code: 'wrong-passkey' })];
const outcome = async (answer: ReturnType<typeof ask>) => {
  const { statusCode, json } = await answer;
  return [statusCode, json()];
};

test('a person comes in with a passkey alone, whoever she is', async () => {
  const { key, passkey } = await registered();
  expect(passkey).toMatchObject({ credential: key.id, transports: ['internal'], synced: false });
  expect(passkey.usedAt).toBeUndefined();
  expect(await request()).toMatchObject({ rpId: 'localhost', userVerification: 'required' });
  expect((await request()).allowCredentials).toBeUndefined();
  const answer = await signIn(key);
  expect([answer.statusCode, answer.json()]).toEqual([200, expect.objectContaining({ person: guru.id })]);
  const headers = { authorization: `Bearer ${answer.json<{ access: string }>().access}` };
  expect((await gateway.app.inject({ url: `/db/person-${guru.id}`, headers })).statusCode).toBe(200);
  expect((await listed()).find(({ id }) => id === passkey.id)).toMatchObject({ usedAt: expect.any(String) });
});

test('who finds a device unlocked makes herself no passkey', async () => {
  expect((await ask('POST', '/options', hers, {})).statusCode).toBe(400);
  const refused = [403, expect.objectContaining({ code: 'wrong-credentials' })];
  expect(await outcome(ask('POST', '/options', hers, { password: 'tebakan saja' }))).toEqual(refused);
});

test('a passkey is made for this person and unlocked each time', async () => {
  const { key } = await registered();
  const options = await creation();
  expect(v.safeParse(creationOptions, options).success).toBe(true);
  expect(v.safeParse(requestOptions, await request()).success).toBe(true);
  expect(options).toMatchObject({
    rp: { id: 'localhost' },
    attestation: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: expect.arrayContaining([expect.objectContaining({ id: key.id })])
  });
});

test.each<[string, Tricks]>([
  ['another origin', { origin: 'http://localhost:9999' }],
  ['another site', { rpId: 'contoh.id' }],
  ['a signature of another key', { key: OTHER_KEY }],
  ['nobody touched it', { flags: 0 }],
  ['nobody unlocked it', { flags: 1 }],
  ['an answer of registration', { type: 'webauthn.create' }],
  ['a challenge of its own', { challenge: Buffer.from('karangan').toString('base64url') }],
  ['another person', { userHandle: Buffer.from(rekan.id).toString('base64url') }],
  ['no person', { userHandle: Buffer.from('siapa').toString('base64url') }]
])('nobody comes in: %s', async (_words, tricks) => {
  const { key } = await registered();
  expect(await outcome(signIn(key, tricks))).toEqual(REFUSED);
  expect((await signIn(key)).statusCode).toBe(200);
});

test('an answer counts once, by whichever gateway, and also when it comes twice at once', async () => {
  const { key } = await registered();
  const body = key.get(await request(), { counter: 0 });
  const answers = await Promise.all([ask('POST', '/sign-in', {}, body), ask('POST', '/sign-in', {}, body)]);
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 401]);
  expect(await outcome(ask('POST', '/sign-in', {}, body))).toEqual(REFUSED);
});

test('a challenge is for one thing and for some minutes, and what is used up is forgotten after them', async () => {
  const { key } = await registered();
  const old = await makeChallenge(gateway.keys, 'sign-in', Date.now() - (CHALLENGE_SECONDS + 1) * 1000);
  const registering = await makeChallenge(gateway.keys, crypto.randomUUID());
  const { access } = await issueAccess(gateway.keys, { person: guru.id, session: crypto.randomUUID() });
  for (const token of [old, registering, access]) {
    const challenge = Buffer.from(token).toString('base64url');
    expect(await outcome(signIn(key, { challenge }))).toEqual(REFUSED);
  }
  await openPasskeys(gateway.couch, () => Date.now() + (CHALLENGE_SECONDS + 1) * 1000).sweep();
  const registry = openDatabase(gateway.couch, 'gateway', REGISTRY);
  expect(await registry.byPrefix('passkey:used:')).toEqual([]);
  expect((await signIn(key)).statusCode).toBe(200);
});

test('a challenge is no access token', async () => {
  const { challenge } = await request();
  const token = Buffer.from(challenge, 'base64url').toString();
  expect((await ask('GET', '', { authorization: `Bearer ${token}` })).statusCode).toBe(401);
});

test('a counter that goes back is a copy: refused, and the person sees it', async () => {
  const { key } = await registered();
  expect((await signIn(key, { counter: 7 })).statusCode).toBe(200);
  for (const counter of [7, 3, 0]) expect(await outcome(signIn(key, { counter }))).toEqual(REFUSED);
  const seen = await gateway.app.inject({ url: '/api/audit/me', headers: hers });
  expect(seen.json<AuditPage>().entries.map(({ action }) => action)).toContain('refused-passkey');
  expect((await signIn(key, { counter: 8 })).statusCode).toBe(200);
});

test('a passkey is renamed and removed by its owner, and then opens nothing', async () => {
  const { key, passkey } = await registered();
  expect((await ask('PUT', `/${passkey.id}`, colleagues, { name: 'Milikku' })).statusCode).toBe(404);
  expect((await ask('DELETE', `/${passkey.id}`, colleagues)).statusCode).toBe(404);
  expect((await listed(colleagues)).map(({ id }) => id)).not.toContain(passkey.id);
  expect((await ask('PUT', `/${passkey.id}`, hers, { name: ' Ponsel ' })).statusCode).toBe(204);
  expect(await listed()).toContainEqual(expect.objectContaining({ id: passkey.id, name: 'Ponsel' }));
  expect((await signIn(key)).statusCode).toBe(200);
  expect((await ask('DELETE', `/${passkey.id}`, hers)).statusCode).toBe(204);
  expect(await outcome(signIn(key))).toEqual(REFUSED);
  expect((await ask('DELETE', `/${passkey.id}`, hers)).statusCode).toBe(404);
  const seen = await gateway.app.inject({ url: '/api/audit/me', headers: hers });
  const actions = seen.json<AuditPage>().entries.map(({ action }) => action);
  expect(actions).toEqual(expect.arrayContaining(['added-passkey', 'removed-passkey']));
});

test.each<[string, Tricks]>([
  ['another origin', { origin: 'https://contoh.id' }],
  ['another site', { rpId: 'contoh.id' }],
  ['not unlocked', { flags: 1 }],
  ['a challenge of its own', { challenge: 'AAAA' }]
])('nothing is registered: %s', async (_words, tricks) => {
  const before = (await listed()).length;
  const body = softAuthenticator(ORIGIN).create(await creation(), tricks);
  const refused = [400, expect.objectContaining({ code: 'wrong-passkey' })];
  expect(await outcome(ask('POST', '', hers, body))).toEqual(refused);
  expect(await listed()).toHaveLength(before);
});

test('nobody sends the server to look at certificates that nobody asked for', async () => {
  const attestation = { fmt: 'packed', attStmt: new Map([['x5c', new Uint8Array(9)]]) };
  const body = softAuthenticator(ORIGIN).create(await creation(), { attestation });
  expect((await ask('POST', '', hers, body)).statusCode).toBe(400);
  await expect(readCreated(body, siteOf(ORIGIN), async () => true)).rejects.toThrow('nobody asked for');
});

test('what was made for one session registers nothing in another, nor twice', async () => {
  const body = softAuthenticator(ORIGIN).create(await creation(colleagues));
  expect((await ask('POST', '', hers, body)).statusCode).toBe(400);
  expect((await ask('POST', '', colleagues, body)).statusCode).toBe(200);
  const [passkey] = await listed(colleagues);
  expect((await ask('DELETE', `/${passkey?.id}`, colleagues)).statusCode).toBe(204);
  expect((await ask('POST', '', colleagues, body)).statusCode).toBe(400);
  expect(await listed(colleagues)).toEqual([]);
});

test('a server that does not know its address has no passkeys, whatever a request says of itself', async () => {
  const host = { host: 'contoh.id' };
  for (const path of ['/options', '/sign-in/options'])
    expect(await outcome(ask('POST', path, { ...hers, ...host }, { password: PASSWORD }))).toEqual([
      503,
      expect.objectContaining({ code: 'no-passkeys' })
    ]);
});

test('nobody has more passkeys than she can look through', async () => {
  let last = 200;
  for (let made = 0; made <= 12 && last === 200; made += 1) {
    const body = softAuthenticator(ORIGIN).create(await creation(colleagues));
    last = (await ask('POST', '', colleagues, body)).statusCode;
  }
  expect(last).toBe(409);
  expect(await listed(colleagues)).toHaveLength(12);
});
