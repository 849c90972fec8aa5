import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AuditPage } from '../../../src/lib/domain/audit.ts';
import { directoryDatabase, officeDatabase } from '../../../src/lib/domain/databases.ts';
import { docId } from '../../../src/lib/domain/ids.ts';
import type { Person } from '../../registry/types.ts';
import { makePerson, openTestGateway, signIn, type TestGateway } from '../fixtures.ts';

const siti = makePerson('siti');
const budi = makePerson('budi', { agency: 'natuna' });
const petugas = makePerson('petugas', { roles: ['staff', 'officer'] });
const pengawas = makePerson('pengawas', { roles: ['staff', 'auditor'] });
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await openTestGateway([siti, budi, petugas, pengawas]);
  for (const name of [directoryDatabase('asmat'), officeDatabase('asmat')]) await gateway.couch.provision(name);
});
afterAll(() => gateway.close());

const get = async (path: string, as: Person) => gateway.app.inject({ url: path, headers: await gateway.bearer(as) });

const mine = async (as: Person): Promise<AuditPage['entries']> =>
  (await get('/api/audit/me', as)).json<AuditPage>().entries;

const all = async (query = ''): Promise<AuditPage['entries']> =>
  (await get(`/api/audit${query}`, pengawas)).json<AuditPage>().entries;

test('a person sees her own signing in and out, and not that of others', async () => {
  const { refresh } = await signIn(gateway, 'siti');
  await signIn(gateway, 'budi');
  await gateway.app.inject({ method: 'DELETE', url: '/api/session', payload: { refresh } });
  expect(await mine(siti)).toMatchObject([
    { action: 'signed-out', why: 'own-request', by: { kind: 'self' } },
    { action: 'signed-in', why: 'own-request', by: { kind: 'self' } }
  ]);
  expect(await mine(budi)).toMatchObject([{ action: 'signed-in' }]);
});

test('who opens the profile of another agency is noted once a day, for the person and by name', async () => {
  const path = `/db/${directoryDatabase('asmat')}/${docId('profile', siti.id)}`;
  for (let i = 0; i < 5; i += 1) expect((await get(path, budi)).statusCode).toBe(404);
  expect((await get(path, siti)).statusCode).toBe(404);
  const reads = (await mine(siti)).filter(({ action }) => action === 'read-profile');
  expect(reads).toMatchObject([{ why: 'colleague', by: { kind: 'person', name: budi.name } }]);
  expect(JSON.stringify(reads)).not.toContain(budi.id);
});

test('an officer who opens the office is noted once, whether she reads or follows', async () => {
  const name = officeDatabase('asmat');
  expect((await get(`/db/${name}/_all_docs`, petugas)).statusCode).toBe(200);
  const payload = { version: 1, sources: [{ name }] };
  const headers = await gateway.bearer(petugas);
  for (let i = 0; i < 3; i += 1)
    expect((await gateway.app.inject({ method: 'POST', url: '/sync', headers, payload })).statusCode).toBe(200);
  const reads = (await all()).filter(({ action }) => action === 'read-office');
  expect(reads).toMatchObject([{ what: name, why: 'duty', by: { kind: 'person', name: petugas.name } }]);
});

test('reading what is one’s own, a channel or the catalogue is not noted', async () => {
  const before = (await all()).length;
  for (const name of [`person-${siti.id}`, 'channel-nasional', 'catalogue', 'directory-asmat'])
    await get(`/db/${name}/_all_docs`, siti);
  await mine(siti);
  expect((await all()).length).toBe(before);
});

test('an auditor reads everything, and the person sees that she did', async () => {
  const entries = await all(`?person=${siti.id}`);
  expect(entries[0]).toMatchObject({ action: 'read-audit', about: [siti.id], by: { kind: 'person' } });
  expect((await mine(siti))[0]).toMatchObject({ action: 'read-audit', by: { kind: 'person', name: pengawas.name } });
  expect((await get('/api/audit', siti)).statusCode).toBe(403);
  expect((await get(`/api/audit/me?person=${budi.id}`, siti)).json<AuditPage>().entries.length).toBe(
    (await mine(siti)).length
  );
  expect((await get('/api/audit?before=x', pengawas)).statusCode).toBe(400);
});

test('wrong passwords of an account are one entry, which its owner finds when she comes in; unknown names are none', async () => {
  const wrong = (account: string) =>
    gateway.app.inject({ method: 'POST', url: '/api/session', payload: { account, password: 'salah' } });
  for (let tries = 0; tries < 3; tries += 1) await wrong('petugas');
  await wrong('tidak-ada');
  const before = (await all()).filter(({ action }) => action === 'failed-sign-in');
  expect(before).toEqual([]);
  await signIn(gateway, 'petugas');
  expect(await mine(petugas)).toMatchObject([
    { action: 'signed-in' },
    { action: 'failed-sign-in', count: 3, why: 'protection', by: { kind: 'service' } }
  ]);
  expect((await all()).filter(({ action }) => action === 'failed-sign-in')).toHaveLength(1);
});
