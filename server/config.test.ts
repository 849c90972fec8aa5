import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { isWeak } from './secrets.ts';

const STRONG = 'b7Xk/29:fq@Lmn%w4+Zt';
const encoded = encodeURIComponent(STRONG);
let folder = '';

const file = async (name: string, text: string): Promise<string> => {
  const place = path.join(folder, name);
  await writeFile(place, text);
  return place;
};

const passwordIn = (couchUrl = ''): string => decodeURIComponent(new URL(couchUrl).password);

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'smartasn-config-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('the address of CouchDB comes from the environment or from a file', async () => {
  const COUCHDB_URL = `http://smartasn-admin:${encoded}@db:5984`;
  expect(readConfig({ COUCHDB_URL })).toMatchObject({ couchUrl: COUCHDB_URL, demo: false });
  const COUCHDB_URL_FILE = await file('url', `${COUCHDB_URL}\n`);
  expect(readConfig({ COUCHDB_URL_FILE }).couchUrl).toBe(COUCHDB_URL);
  expect(readConfig({}).couchUrl).toBeUndefined();
});

test('the password may stand apart from the address, whatever its characters', async () => {
  const COUCHDB_URL = 'http://smartasn-admin@db:5984/couch';
  const one = readConfig({ COUCHDB_URL, COUCHDB_PASSWORD: STRONG }).couchUrl;
  const other = readConfig({ COUCHDB_URL, COUCHDB_PASSWORD_FILE: await file('password', `${STRONG}\n`) }).couchUrl;
  expect(other).toBe(one);
  expect(passwordIn(one)).toBe(STRONG);
  expect(new URL(one ?? '')).toMatchObject({ username: 'smartasn-admin', host: 'db:5984', pathname: '/couch' });
});

test('what contradicts itself or is not there is said in words, without the secret', async () => {
  const COUCHDB_URL = `http://smartasn-admin:${encoded}@db:5984`;
  const empty = await file('empty', '\n');
  const cases: [NodeJS.ProcessEnv, RegExp][] = [
    [{ COUCHDB_URL, COUCHDB_URL_FILE: empty }, /both set/],
    [{ COUCHDB_URL, COUCHDB_PASSWORD: STRONG }, /keep one/],
    [{ COUCHDB_PASSWORD: STRONG }, /without COUCHDB_URL/],
    [{ COUCHDB_URL_FILE: empty }, /is empty/],
    [{ COUCHDB_URL_FILE: path.join(folder, 'none') }, /cannot be read \(ENOENT\)/],
    [{ COUCHDB_URL: `smartasn-admin:${STRONG}` }, /is no address/]
  ];
  for (const [env, words] of cases) {
    expect(() => readConfig(env)).toThrow(words);
    expect(() => readConfig(env)).not.toThrow(STRONG);
  }
});

test.each([
  'rahasia',
  'admin',
  'password123456789',
  'smartasn-demo',
  '1234567890123456',
  'aaaaaaaaaaaaaaaaaaaaaaa',
  'pengelola-2026-asmat'
])('the password “%s” is refused outside a demonstration, with what to do', (password) => {
  const env = { COUCHDB_URL: `http://pengelola:${password}@db:5984` };
  expect(() => readConfig(env)).toThrow('openssl rand');
  expect(() => readConfig(env)).toThrow('COUCHDB_URL:');
  expect(readConfig({ ...env, SMARTASN_DEMO: '1' }).demo).toBe(true);
});

test('a random password of sixteen characters is taken', () => {
  for (const secret of ['Vt3k9QpX7mBz2LwR', 'korek-lampu-sungai-tebing']) expect(isWeak(secret, 'admin')).toBe(false);
});

test('the public address is https and nothing but an address', () => {
  expect(readConfig({ SMARTASN_ORIGIN: 'https://asn.papua.go.id/' }).origin).toBe('https://asn.papua.go.id');
  expect(readConfig({ SMARTASN_ORIGIN: 'http://localhost:8080' }).origin).toBe('http://localhost:8080');
  expect(readConfig({}).origin).toBeUndefined();
  for (const wrong of ['asn.papua.go.id', 'http://asn.papua.go.id', 'https://asn.papua.go.id/app', 'https://a@b.id'])
    expect(() => readConfig({ SMARTASN_ORIGIN: wrong })).toThrow('SMARTASN_ORIGIN');
});
