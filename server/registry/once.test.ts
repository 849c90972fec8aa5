import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { REGISTRY } from '../../src/lib/domain/databases.ts';
import { openCouch } from '../couch/index.ts';
import type { Couch } from '../couch/types.ts';
import { openDatabase } from './database.ts';
import { openOnce } from './once.ts';

const LIFE = 60_000;
const clock = { now: Date.parse('2026-11-24T08:00:00Z') };
let couch: Couch;
let data: string;

beforeAll(async () => {
  data = await mkdtemp(path.join(os.tmpdir(), 'smartasn-once-'));
  couch = await openCouch({ data, couchUrl: undefined });
  await couch.provision(REGISTRY);
});
afterAll(async () => {
  await couch.close();
  await rm(data, { recursive: true, force: true });
});

const open = (name = 'attempt') =>
  openOnce<{ word: string }>(couch, { type: 'oidc', name, lifeMs: LIFE, clock: () => clock.now });

test('a secret gives what was kept once, whoever is faster, at whichever gateway', async () => {
  const secret = await open().give({ word: 'satu' });
  const taken = await Promise.all(Array.from({ length: 5 }, () => open().take(secret)));
  expect(taken.filter(Boolean)).toEqual([{ word: 'satu' }]);
  expect(await open().take(secret)).toBeUndefined();
});

test('too late is too late, and another name is another secret', async () => {
  const [late, other] = [await open().give({ word: 'dua' }), await open().give({ word: 'tiga' })];
  expect(await open('arrival').take(other)).toBeUndefined();
  clock.now += LIFE + 1;
  expect(await open().take(late)).toBeUndefined();
});

test('neither the secret nor what was taken or nobody took stays in the registry', async () => {
  const [taken, kept] = [await open().give({ word: 'empat' }), await open().give({ word: 'lima' })];
  await open().take(taken);
  const registry = openDatabase(couch, 'gateway', REGISTRY);
  const found = await registry.byPrefix<{ value: { word: string } }>('oidc:attempt:');
  expect(JSON.stringify(found)).not.toContain(kept);
  expect(found.map(({ value }) => value.word)).toContain('lima');
  clock.now += LIFE + 1;
  await open().sweep();
  expect(await registry.byPrefix('oidc:attempt:')).toEqual([]);
});
