import { generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { expect, test } from 'vitest';
import { temporaryKeys, type Keys } from '../keys.ts';
import { ACCESS_SECONDS, issueAccess, verifyAccess } from './tokens.ts';

const NOW = Date.UTC(2026, 0, 5, 3);
const SECOND = NOW / 1000;
const identity = { person: crypto.randomUUID(), session: crypto.randomUUID() };

const claims: JWTPayload = {
  iss: 'smartasn',
  aud: 'smartasn-gateway',
  sub: identity.person,
  sid: identity.session,
  iat: SECOND,
  exp: SECOND + ACCESS_SECONDS
};

const without = (name: string): JWTPayload =>
  Object.fromEntries(Object.entries(claims).filter(([claim]) => claim !== name));

const sign = (keys: Keys, payload: JWTPayload, header: { alg?: string; typ?: string } = {}): Promise<string> =>
  new SignJWT(payload).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: keys.id, ...header }).sign(keys.sign);

const forge = (token: string, change: object): string => {
  const [header, payload, signature] = token.split('.');
  const old = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as object;
  return [header, Buffer.from(JSON.stringify({ ...old, ...change })).toString('base64url'), signature].join('.');
};

test('a token of ours speaks for its person until it ends', async () => {
  const keys = await temporaryKeys();
  const { access, expiresAt } = await issueAccess(keys, identity, NOW);
  expect(expiresAt).toBe(NOW + ACCESS_SECONDS * 1000);
  await expect(verifyAccess(keys, access, NOW)).resolves.toEqual({ ...identity, expiresAt });
  await expect(verifyAccess(keys, access, expiresAt - 1000)).resolves.toEqual({ ...identity, expiresAt });
  await expect(verifyAccess(keys, access, expiresAt)).rejects.toMatchObject({ status: 401 });
});

test('nothing else is a token', async () => {
  const keys = await temporaryKeys();
  const other = await temporaryKeys();
  const { access } = await issueAccess(keys, identity, NOW);
  const [header, payload, signature] = access.split('.');
  const rsa = await generateKeyPair('RS256');
  const publicKey = await crypto.subtle.exportKey('raw', keys.verify);
  const secret = new Uint8Array(publicKey);
  const head = { alg: 'HS256', typ: 'at+jwt' };
  const refused: Record<string, string> = {
    'another key': await sign(other, claims),
    'another key under our name': await sign({ ...other, id: keys.id }, claims),
    'another person': forge(access, { sub: crypto.randomUUID() }),
    'a later end': forge(access, { exp: SECOND + 1e9 }),
    'no algorithm': new UnsecuredJWT(claims).encode(),
    'no algorithm, our payload': `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${payload}.`,
    'no signature': `${header}.${payload}.`,
    'a signature cut short': `${header}.${payload}.${signature?.slice(0, -4)}`,
    'our public key as a secret': await new SignJWT(claims).setProtectedHeader(head).sign(secret),
    RSA: await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'at+jwt' }).sign(rsa.privateKey),
    'another kind of token': await sign(keys, claims, { typ: 'JWT' }),
    'another audience': await sign(keys, { ...claims, aud: 'someone-else' }),
    'another issuer': await sign(keys, { ...claims, iss: 'someone-else' }),
    'ended long ago': await sign(keys, { ...claims, iat: SECOND - 9000, exp: SECOND - 8000 }),
    'a far end': await sign(keys, { ...claims, iat: SECOND - 9000, exp: SECOND + 1e9 }),
    'from the future': await sign(keys, { ...claims, iat: SECOND + 9000, exp: SECOND + 9900 }),
    'a person who is no UUID': await sign(keys, { ...claims, sub: '../registry' }),
    nothing: '',
    words: 'a.b.c'
  };
  for (const name of ['exp', 'iat', 'iss', 'aud', 'sub', 'sid'])
    refused[`no ${name}`] = await sign(keys, without(name));
  for (const [name, token] of Object.entries(refused)) {
    await expect(verifyAccess(keys, token, NOW), name).rejects.toMatchObject({ status: 401, code: 'unauthorized' });
  }
});

test('the end that a token is remembered by is never later than what its age allows', async () => {
  const keys = await temporaryKeys();
  const long = await sign(keys, { ...claims, exp: SECOND + 1e6 });
  expect((await verifyAccess(keys, long, NOW)).expiresAt).toBe(NOW + ACCESS_SECONDS * 1000);
});
