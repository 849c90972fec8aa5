import { expect, test } from 'vitest';
import { parseShared } from '../../src/lib/domain/documents/index.ts';
import { suffixOf, timeOfUuid } from '../../src/lib/domain/ids.ts';
import { DEMO_ACCOUNTS } from './accounts.ts';
import { readSeedData } from './data.ts';
import { feedDocuments } from './feed.ts';
import { demoPersons } from './persons.ts';
import { stableChance, stableUuid, stableUuidv7 } from './stable.ts';
import { zoneOf } from './zones.ts';

const BASE = Date.UTC(2026, 2, 2, 1);

const load = async () => {
  const data = await readSeedData();
  if (!data) throw new Error('server/seed/data is empty');
  const persons = demoPersons(data, BASE);
  return { data, persons, documents: feedDocuments(data, persons, BASE) };
};

test('everything that is loaded passes the schemas that devices check it by', async () => {
  const { documents } = await load();
  for (const [channel, docs] of documents)
    for (const doc of docs) expect(parseShared(doc), `${channel} ${doc._id}`).toBeDefined();
});

test('the newest post is as old as the load, and nothing is younger', async () => {
  const { documents } = await load();
  const docs = [...documents.values()].flat();
  const posts = docs.filter(({ type }) => type === 'post').map(({ _id }) => timeOfUuid(suffixOf(_id)));
  expect(Math.max(...posts)).toBe(BASE);
  const received = docs.map((doc) => ('receivedAt' in doc ? Date.parse(doc.receivedAt) : 0));
  expect(Math.max(...received)).toBeLessThanOrEqual(BASE);
});

test('a second load at the same base makes the same documents', async () => {
  expect((await load()).documents).toEqual((await load()).documents);
});

test('ids are unique in their channel, and authors belong to it', async () => {
  const { documents, persons } = await load();
  const channelsOf = new Map([...persons.values()].map(({ person }) => [person.id, person.channels]));
  for (const [channel, docs] of documents) {
    expect(new Set(docs.map(({ _id }) => _id)).size).toBe(docs.length);
    for (const doc of docs) if ('by' in doc) expect(channelsOf.get(doc.by.id)?.map(({ id }) => id)).toContain(channel);
  }
});

test('every demonstration account is a person with her own channels', async () => {
  const { persons } = await load();
  for (const { personKey } of DEMO_ACCOUNTS)
    expect(
      persons
        .get(personKey)
        ?.person.channels.map(({ kind }) => kind)
        .sort()
    ).toEqual(['agency', 'national', 'unit']);
});

test('zones follow the provinces', () => {
  expect(zoneOf('93.04.09')).toBe('Asia/Jayapura');
  expect(zoneOf('53.01')).toBe('Asia/Makassar');
  expect(zoneOf('21.03')).toBe('Asia/Jakarta');
  expect(zoneOf(undefined)).toBe('Asia/Jakarta');
});

test('stable ids are ids, and the same name always gives the same one', () => {
  expect(stableUuid('a')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(stableUuid('a')).toBe(stableUuid('a'));
  expect(stableUuid('a')).not.toBe(stableUuid('b'));
  expect(timeOfUuid(stableUuidv7(BASE, 'a'))).toBe(BASE);
  expect(stableChance('a')).toBeGreaterThanOrEqual(0);
  expect(stableChance('a')).toBeLessThan(1);
});
