import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { personDatabase } from '../../src/lib/domain/databases.ts';
import { parseInbox } from '../../src/lib/domain/documents/index.ts';
import { makePerson } from '../courier/fixtures.ts';
import { openTestbed, type Testbed } from '../courier/testbed.ts';
import { openDatabase } from './database.ts';

// Real databases on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let bed: Testbed;

beforeAll(async () => {
  bed = await openTestbed();
});

afterAll(() => bed.close());

test('an account is found however its name is typed', async () => {
  const person = makePerson('Sari');
  await bed.registry.addPersons([{ person, passwordHash: 'scrypt$x' }]);
  expect(await bed.registry.byAccount('  SARI ')).toEqual({ person, passwordHash: 'scrypt$x' });
  expect(await bed.registry.byAccount('sari2')).toBeUndefined();
  expect(await bed.registry.person(person.id)).toEqual(person);
});

test('a person without a password exists and cannot sign in', async () => {
  const person = makePerson('Tanpa');
  await bed.registry.addPersons([{ person, passwordHash: '' }]);
  expect(await bed.registry.byAccount('tanpa')).toBeUndefined();
  expect(await bed.registry.person(person.id)).toEqual(person);
});

test('adding a person again brings her up to date', async () => {
  const person = makePerson('Rina');
  await bed.registry.addPersons([{ person, passwordHash: 'a' }]);
  await bed.registry.addPersons([{ person: { ...person, position: 'Kepala Sekolah' }, passwordHash: 'b' }]);
  expect(await bed.registry.byAccount('rina')).toMatchObject({
    person: { position: 'Kepala Sekolah' },
    passwordHash: 'b'
  });
});

test('many persons are added in one go', async () => {
  const persons = Array.from({ length: 700 }, (_, index) => makePerson(`Pegawai ${index}`));
  await bed.registry.addPersons(persons.map((person) => ({ person, passwordHash: '' })));
  expect(await bed.registry.person(persons.at(-1)?.id ?? '')).toEqual(persons.at(-1));
});

test('account names do not stand in ids', async () => {
  await bed.registry.addPersons([{ person: makePerson('rahasia-nip'), passwordHash: 'a' }]);
  const registry = openDatabase(bed.couch, 'admin', 'registry');
  const { results } = await registry.changes(0, 5_000);
  expect(results.filter(({ id }) => id.includes('rahasia-nip'))).toEqual([]);
});

test('her database holds record and membership, written once and again only when they change', async () => {
  const person = makePerson('Dewi');
  const database = openDatabase(bed.couch, 'courier', personDatabase(person.id));
  const ids = [`record:${person.id}`, `membership:${person.id}`];
  const revs = async () => [...(await database.byIds(ids)).values()].map(({ _rev }) => _rev.slice(0, 2));
  await bed.registry.openPersonDatabase(person);
  await bed.registry.openPersonDatabase(person);
  expect(await revs()).toEqual(['1-', '1-']);
  for (const doc of (await database.byIds(ids)).values()) expect(parseInbox(doc)).toBeDefined();
  await bed.registry.openPersonDatabase({ ...person, channels: [] });
  expect(await revs()).toEqual(['1-', '2-']);
});

test('opening a database twice at the same time is harmless', async () => {
  const person = makePerson('Wulan');
  await Promise.all([bed.registry.openPersonDatabase(person), bed.registry.openPersonDatabase(person)]);
  expect(await bed.registry.person('nobody')).toBeUndefined();
});

test('of a database that is not there, nothing is found', async () => {
  const database = openDatabase(bed.couch, 'gateway', personDatabase(crypto.randomUUID()));
  expect(await database.get('post:x')).toBeUndefined();
  expect((await database.byIds(['post:x'])).size).toBe(0);
  expect(await database.byPrefix('post:')).toEqual([]);
});
