import { expect, onTestFinished, test } from 'vitest';
import { personDatabase } from '../../../src/lib/domain/databases.ts';
import { fakeCouch } from './fake-couch.ts';
import { startHub } from './hub.ts';

const LONG = 1_000_000;
const never = new AbortController().signal;

async function start(names: string[], feed = true) {
  const fake = fakeCouch(names);
  fake.feed = feed;
  const warnings: unknown[] = [];
  const hub = startHub(fake.couch, (error) => warnings.push(error));
  onTestFinished(() => hub.stop());
  if (feed) await fake.listening();
  return { fake, hub, warnings };
}

test('what did not move is not asked again', async () => {
  const { fake, hub } = await start(['a', 'b']);
  const first = await hub.state('a');
  const asked = fake.requests.length;
  expect(await hub.state('a')).toEqual(first);
  expect(await hub.state('none')).toBeUndefined();
  expect(fake.requests.slice(asked).filter((path) => path.startsWith('/a'))).toEqual([]);
});

test('an event makes one database be read again, by one request however many ask', async () => {
  const { fake, hub } = await start(['a', 'b']);
  await Promise.all([hub.state('a'), hub.state('b')]);
  const mark = hub.mark();
  fake.touch('a');
  await hub.changed(['a'], mark, LONG, never);
  const asked = fake.requests.length;
  const states = await Promise.all([hub.state('a'), hub.state('a'), hub.state('b')]);
  expect(states.map((state) => state?.seq)).toEqual(['2-seq', '2-seq', '1-seq']);
  expect(fake.requests.slice(asked).filter((path) => path !== '/_db_updates')).toEqual(['/a']);
});

test('the databases of persons who come together are asked about together', async () => {
  const persons = Array.from({ length: 150 }, () => personDatabase(crypto.randomUUID()));
  const { fake, hub } = await start(persons);
  const gone = personDatabase(crypto.randomUUID());
  const states = await Promise.all([...persons, gone].map((name) => hub.state(name)));
  expect(states.slice(0, -1).map((state) => state?.seq)).toEqual(persons.map(() => '1-seq'));
  expect(states.at(-1)).toBeUndefined();
  expect(fake.requests.filter((path) => path === '/_dbs_info')).toHaveLength(2);
});

test('an event between the look and the wait is not missed', async () => {
  const { fake, hub } = await start(['a']);
  const mark = hub.mark();
  fake.touch('a');
  await hub.changed(['a'], mark, LONG, never);
  await hub.changed(['a'], mark, LONG, never);
  expect(hub.moved('a', mark)).toBe(true);
  expect(hub.moved('b', mark)).toBe(false);
  expect(hub.held).toBe(0);
});

test('a database that was deleted and made again has another incarnation', async () => {
  const { fake, hub } = await start(['a']);
  const before = await hub.state('a');
  let mark = hub.mark();
  fake.touch('a', 'deleted');
  await hub.changed(['a'], mark, LONG, never);
  expect(await hub.state('a')).toBeUndefined();
  mark = hub.mark();
  fake.touch('a', 'created');
  await hub.changed(['a'], mark, LONG, never);
  expect((await hub.state('a'))?.incarnation).not.toBe(before?.incarnation);
});

test('when the feed breaks everybody looks again, and it is said once', async () => {
  const { fake, hub, warnings } = await start(['a']);
  const held = hub.changed(['a'], hub.mark(), LONG, never);
  fake.feed = false;
  fake.touch('b');
  await held;
  expect(hub.held).toBe(0);
  expect(warnings).toHaveLength(1);
  expect((await hub.state('a'))?.seq).toBe('1-seq');
});

test('without a feed states are read, and stopping ends at once', async () => {
  const { hub, fake } = await start(['a'], false);
  expect((await hub.state('a'))?.seq).toBe('1-seq');
  fake.databases.set('a', 7);
  const held = hub.changed(['a'], hub.mark(), LONG, never);
  await hub.stop();
  await held;
  expect(hub.stopped).toBe(true);
});
