import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { REACTIONS } from '../../src/lib/domain/documents/reaction.ts';
import { TOPICS } from '../../src/lib/domain/documents/post.ts';
import { UUID_PATTERN } from '../../src/lib/domain/ids.ts';
import { parseNip } from '../../src/lib/domain/rules/nip.ts';
import { BANK } from './banks/index.ts';
import { compose, COUNTS } from './compose.ts';
import { readRegions, REGIONS_FILE } from './regions.ts';
import { similarity, trigrams } from './similarity.ts';
import type { Agency, Channel, Comment, Person, Post, Reaction, Unit } from './types.ts';

const folder = new URL('../../server/seed/data/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
const list = <T>(name: string) => JSON.parse(read(name)) as T[];
const lines = <T>(name: string) =>
  read(name)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

const agencies = list<Agency>('agencies.json');
const units = list<Unit>('units.json');
const channels = list<Channel>('channels.json');
const persons = list<Person>('persons.json');
const posts = lines<Post>('posts.ndjson');
const comments = lines<Comment>('comments.ndjson');
const reactions = lines<Reaction>('reactions.ndjson');

const channelOf = new Map(channels.map((channel) => [channel.id, channel]));
const personOf = new Map(persons.map((person) => [person.key, person]));
const postOf = new Map(posts.map((post) => [post.key, post]));

const belongs = (key: string, channelId: string | undefined) => {
  const person = personOf.get(key);
  const channel = channelOf.get(channelId ?? '');
  if (!person || !channel) return false;
  if (channel.kind === 'national') return true;
  return channel.kind === 'agency' ? person.agency === channel.agency : person.unit === channel.unit;
};

const distinct = (values: string[]) => new Set(values).size === values.length;

describe('persons', () => {
  test('are about two hundred in at least eight units of each regional agency', () => {
    expect(persons.length).toBeGreaterThanOrEqual(195);
    for (const { key } of agencies.filter(({ kind }) => kind === 'regional'))
      expect(units.filter(({ agency }) => agency === key).length).toBeGreaterThanOrEqual(8);
    for (const key of ['guru', 'rekan', 'perawat', 'kepegawaian', 'penerbit', 'admin'])
      expect(personOf.has(key), key).toBe(true);
    expect(personOf.get('rekan')?.unit).toBe(personOf.get('guru')?.unit);
  });

  test('have NIPs that say what their records say', () => {
    for (const person of persons) {
      const nip = parseNip(person.nip);
      const [year, month] = person.appointmentDate.split('-').map(Number);
      expect(nip, person.key).toMatchObject({ birthDate: person.birthDate, sex: person.sex });
      expect(nip?.kind === 'PNS', person.key).toBe(['PNS', 'CPNS'].includes(person.status));
      expect(nip?.appointment.year).toBe(year);
      if (nip?.kind === 'PNS') expect(nip.appointment.month).toBe(month);
    }
  });

  test('are distinct, and reachable nowhere in the real world', () => {
    for (const field of ['key', 'id', 'nip', 'name'] as const)
      expect(distinct(persons.map((person) => person[field])), field).toBe(true);
    for (const { id, phone, email, unit, agency, region } of persons) {
      expect(id).toMatch(UUID_PATTERN);
      expect(phone ?? '0800-').toMatch(/^0800-/);
      expect(email ?? '@contoh.example').toMatch(/@contoh\.example$/);
      expect(units).toContainEqual(expect.objectContaining({ key: unit, agency, region }));
    }
  });
});

describe('posts', () => {
  test('are as many as promised, newest first, within 28 days', () => {
    expect(posts).toHaveLength(COUNTS.posts);
    const ages = posts.map(({ minutesAgo }) => minutesAgo);
    expect(ages).toEqual(ages.toSorted((a, b) => a - b));
    expect(ages.at(-1)).toBeLessThan(28 * 24 * 60);
  });

  test('are written by members, in known topics, never twice', () => {
    expect(posts.filter(({ author, channel }) => !belongs(author, channel))).toEqual([]);
    expect(posts.filter(({ topic }) => !TOPICS.includes(topic))).toEqual([]);
    expect(distinct(posts.map(({ text }) => text))).toBe(true);
    expect(posts.filter(({ text }) => /[[\]{}|¶↵]| {2}|>>/.test(text))).toEqual([]);
  });

  test('hardly ever resemble one of the 50 posts around them', () => {
    let alike = 0;
    for (const { id } of channels) {
      const parts = posts.filter(({ channel }) => channel === id).map(({ text }) => trigrams(text));
      parts.forEach((part, at) => {
        if (parts.slice(at + 1, at + 50).some((other) => similarity(part, other) > 0.4)) alike++;
      });
    }
    expect(alike).toBeLessThan(posts.length / 100);
  });

  test.each([...TOPICS])('of the topic %s draw on at least 25 situations', (topic) => {
    expect(BANK.filter((one) => one.topic === topic).length).toBeGreaterThanOrEqual(25);
  });
});

describe('comments and reactions', () => {
  test('come from members, after the post', () => {
    expect(comments).toHaveLength(COUNTS.comments);
    expect(reactions).toHaveLength(COUNTS.reactions);
    for (const { post, author, minutesAgo } of comments) {
      expect(belongs(author, postOf.get(post)?.channel), `${post} ${author}`).toBe(true);
      expect(minutesAgo).toBeLessThan(postOf.get(post)?.minutesAgo ?? 0);
    }
    for (const { post, author, kind } of reactions) {
      expect(belongs(author, postOf.get(post)?.channel), `${post} ${author}`).toBe(true);
      expect(REACTIONS).toContain(kind);
    }
    expect(distinct(reactions.map(({ post, author }) => `${post} ${author}`))).toBe(true);
  });
});

describe('courses', () => {
  const names = readdirSync(new URL('courses/', folder)).filter((name) => name.endsWith('.md'));

  test('are at least thirty', () => expect(names.length).toBeGreaterThanOrEqual(30));

  test.each(names)('%s has its front matter and three to five chapters of a readable length', (name) => {
    const [, front = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(read(`courses/${name}`)) ?? [];
    for (const field of ['title', 'summary', 'topics', 'hours', 'publisher', 'language'])
      expect(front).toMatch(new RegExp(`^${field}: .+`, 'm'));
    const isTest = (chapter: string) => /^```(kuis|evaluasi|tugas)$/m.test(chapter);
    const chapters = body
      .split(/^# /m)
      .slice(1)
      .filter((chapter) => !isTest(chapter));
    expect(chapters.length).toBeGreaterThanOrEqual(3);
    expect(chapters.length).toBeLessThanOrEqual(5);
    for (const chapter of chapters) expect(chapter.split(/\s+/).length, chapter.slice(0, 40)).toBeGreaterThan(110);
  });
});

test('without the list of regions the generator says what is missing', () => {
  expect(() => readRegions(new URL('file:///nowhere/wilayah.csv'))).toThrow('/nowhere/wilayah.csv is missing');
});

test.runIf(existsSync(REGIONS_FILE))('the committed files are what the generator writes (needs ../shared/data)', () => {
  for (const [name, text] of Object.entries(compose(readRegions()))) expect(text === read(name), name).toBe(true);
});
