import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readOidc } from './settings.ts';

const REGISTERED = {
  SMARTASN_OIDC_ISSUER: 'https://masuk.papua.go.id/realms/asn',
  SMARTASN_OIDC_CLIENT_ID: 'smartasn'
};

test('without settings there is no issuer; with few of them the rest has a meaning', () => {
  expect(readOidc({})).toBeUndefined();
  expect(readOidc(REGISTERED)).toEqual({
    issuer: 'https://masuk.papua.go.id/realms/asn',
    clientId: 'smartasn',
    clientSecret: undefined,
    name: 'masuk.papua.go.id',
    claim: 'preferred_username'
  });
});

test('the secret comes from a file', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'smartasn-oidc-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = path.join(folder, 'secret');
  await writeFile(file, 'korek-lampu-sungai\n');
  const named = { SMARTASN_OIDC_NAME: 'Akun Papua', SMARTASN_OIDC_CLAIM: 'nip' };
  expect(readOidc({ ...REGISTERED, ...named, SMARTASN_OIDC_CLIENT_SECRET_FILE: file })).toMatchObject({
    clientSecret: 'korek-lampu-sungai',
    name: 'Akun Papua',
    claim: 'nip'
  });
});

test.each([
  ['an issuer without encryption', { ...REGISTERED, SMARTASN_OIDC_ISSUER: 'http://masuk.papua.go.id' }, '_ISSUER is'],
  ['an issuer that is no address', { ...REGISTERED, SMARTASN_OIDC_ISSUER: 'masuk.papua.go.id' }, '_ISSUER is'],
  ['a client without an issuer', { SMARTASN_OIDC_CLIENT_ID: 'smartasn' }, '_ISSUER is'],
  ['an issuer without a client', { SMARTASN_OIDC_ISSUER: 'https://masuk.papua.go.id' }, '_CLIENT_ID is missing']
])('%s is refused in words', (_what, env, words) => {
  expect(() => readOidc(env)).toThrow(words);
});
