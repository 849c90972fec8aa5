import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { courseChannel } from '../../../src/lib/domain/course-channel.ts';
import { CATALOGUE, channelDatabase, personDatabase, REGISTRY } from '../../../src/lib/domain/databases.ts';
import type { ChannelLink, Membership } from '../../../src/lib/domain/documents/record.ts';
import { FEWEST_TAKERS } from '../../../src/lib/domain/documents/takers.ts';
import { parseShared } from '../../../src/lib/domain/documents/index.ts';
import { docId, suffixOf, uuidv7 } from '../../../src/lib/domain/ids.ts';
import { makePerson, makePost, makeProgress } from '../../courier/fixtures.ts';
import type { Courier } from '../../courier/index.ts';
import { openTestbed, type Testbed } from '../../courier/testbed.ts';
import { openDatabase, type Stored } from '../../registry/database.ts';
import type { Person } from '../../registry/types.ts';
import { waitingNotes } from './begun.ts';
import { openTakers } from './index.ts';

// Real databases on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let bed: Testbed;
let courier: Courier;
let takers: ReturnType<typeof openTakers>;
let unit = '';
let count = 0;

beforeAll(async () => {
  bed = await openTestbed();
  await bed.couch.provision(CATALOGUE);
  courier = await bed.start();
  takers = openTakers(bed);
});

afterAll(async () => {
  await courier.stop();
  await bed.close();
});

beforeEach(() => void (unit = `sekolah-${(count += 1)}`));

async function join(name: string, home = unit): Promise<Person> {
  const person: Person = { ...makePerson(name), channels: [{ id: home, title: home, kind: 'unit' }] };
  await bed.registry.addPersons([{ person, passwordHash: '' }]);
  await bed.registry.openPersonDatabase(person);
  return person;
}

async function publish(title = 'Gizi'): Promise<string> {
  const _id = docId('course', uuidv7());
  const course = { _id, type: 'course', title, channel: courseChannel(_id) };
  await openDatabase(bed.couch, 'courier', CATALOGUE).put(course);
  return _id;
}

const begin = (person: Person, course: string) => bed.write(person, makeProgress(suffixOf(course)));

/** Everything that follows from what was written. */
async function settle(): Promise<void> {
  await courier.idle();
  await takers.join();
  await takers.count();
}

async function told(home = unit): Promise<Stored | undefined> {
  const [found] = await openDatabase(bed.couch, 'courier', channelDatabase(home)).byPrefix('takers:');
  return found;
}

const membershipOf = (person: Person) =>
  openDatabase(bed.couch, 'courier', personDatabase(person.id)).get<Membership>(docId('membership', person.id));

test('a unit is told how many take a course once they are three, and a count of fewer is nowhere', async () => {
  const course = await publish();
  const persons = await Promise.all(['Ani', 'Budi', 'Citra'].map((name) => join(name)));
  for (const [index, person] of persons.entries()) {
    expect(await told()).toBeUndefined();
    await begin(person, course);
    await settle();
    if (index < FEWEST_TAKERS - 1) expect(await told()).toBeUndefined();
  }
  expect((await told())?.courses).toEqual({ [course]: 3 });
  expect(parseShared(await told())).toMatchObject({ type: 'takers' });
});

test('saying the same again counts nobody twice, and writes nothing', async () => {
  const course = await publish();
  const persons = await Promise.all(['Ani', 'Budi', 'Citra', 'Dedi'].map((name) => join(name)));
  for (const person of persons) await begin(person, course);
  await settle();
  const before = await told();
  const registry = openDatabase(bed.couch, 'courier', REGISTRY);
  for (const person of persons) {
    await begin(person, course);
    await registry.put({ _id: `begun:${person.id}.${suffixOf(course)}`, type: 'begun', person: person.id, course } as {
      _id: string;
    });
  }
  await settle();
  expect(await told()).toEqual(before);
  expect(before?.courses).toEqual({ [course]: 4 });
  expect(await waitingNotes(bed.couch)).toEqual([]);
});

test('who moves is counted where she is, and no longer where she was', async () => {
  const course = await publish();
  const from = unit;
  const to = `${unit}-baru`;
  const stayers = await Promise.all(['Ani', 'Budi', 'Citra'].map((name) => join(name)));
  const others = await Promise.all(['Eka', 'Fitri'].map((name) => join(name, to)));
  for (const person of [...stayers, ...others]) await begin(person, course);
  await settle();
  expect((await told(from))?.courses).toEqual({ [course]: 3 });
  expect(await told(to)).toBeUndefined();

  const [mover] = stayers;
  if (!mover) throw new Error('nobody moves');
  const moved: Person = { ...mover, channels: [{ id: to, title: to, kind: 'unit' }] };
  await bed.registry.addPersons([{ person: moved, passwordHash: '' }]);
  await settle();
  expect((await told(from))?.courses).toEqual({});
  expect((await told(to))?.courses).toEqual({ [course]: 3 });
  const here = (await bed.registry.person(mover.id))?.channels.map(({ id }) => id);
  expect(here).toEqual([to, courseChannel(course)]);
});

test('who begins a course becomes a member of its channel once, and may write there', async () => {
  const course = await publish('Melayani warga');
  const channel = courseChannel(course);
  const ani = await join('Ani');
  const early = makePost('Ada yang sudah mulai?', channel);
  await bed.write(ani, early);
  await courier.idle();
  expect(await bed.receipt(ani, early._id)).toMatchObject({ status: 'refused', reason: 'not-a-member' });

  await begin(ani, course);
  await settle();
  const link = { id: channel, title: 'Melayani warga', kind: 'community' };
  expect((await membershipOf(ani))?.channels).toEqual([...ani.channels, link]);
  const first = await membershipOf(ani);
  await begin(ani, course);
  await settle();
  expect(await membershipOf(ani)).toEqual(first);

  const post = makePost('Bab dua bagus.', channel);
  await bed.write(ani, post);
  await courier.idle();
  expect(await bed.copy(channel, post._id)).toMatchObject({ text: 'Bab dua bagus.' });
});

test('a course that nobody talks about has no database, and one that is not in the catalogue no members', async () => {
  const [course, foreign] = [await publish(), docId('course', uuidv7())];
  const ani = await join('Ani');
  await begin(ani, course);
  await begin(ani, foreign);
  await settle();
  expect((await membershipOf(ani))?.channels.map(({ id }) => id)).toEqual([unit, courseChannel(course)]);
  const response = await bed.couch.fetch('admin', `/${channelDatabase(courseChannel(course))}`);
  await response.text();
  expect(response.status).toBe(404);
  expect(await waitingNotes(bed.couch)).toEqual([]);
});

test('of many courses begun, the newest channels stay, so that every device can follow them', async () => {
  const { withCourses } = await import('./join.ts');
  const link = (id: string) => ({ id, title: id, kind: 'community' as const });
  const home = { id: unit, title: unit, kind: 'unit' as const };
  let channels: ChannelLink[] = [home, ...Array.from({ length: 50 }, (_, n) => link(`kursus-${n}`))];
  channels = withCourses(channels, [link('kursus-baru')]);
  expect(channels).toHaveLength(51);
  expect(channels[0]).toBe(home);
  expect(channels.at(-1)?.id).toBe('kursus-baru');
  expect(channels.some(({ id }) => id === 'kursus-0')).toBe(false);
});

test('what a server left half done when it died is done by the next one', async () => {
  const course = await publish();
  for (const name of ['Ani', 'Budi', 'Citra']) await begin(await join(name), course);
  await courier.idle();
  await takers.join();
  expect(await waitingNotes(bed.couch)).toHaveLength(3);
  await openTakers(bed).count();
  expect((await told())?.courses).toEqual({ [course]: 3 });
});
