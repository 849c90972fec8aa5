import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { personDatabase, REGISTRY } from '../../../src/lib/domain/databases.ts';
import type { Certificate } from '../../../src/lib/domain/documents/certificate.ts';
import type { Course } from '../../../src/lib/domain/documents/course.ts';
import { parseInbox } from '../../../src/lib/domain/documents/index.ts';
import type { Progress } from '../../../src/lib/domain/documents/progress.ts';
import { docId, newEdit, suffixOf } from '../../../src/lib/domain/ids.ts';
import type { Couch } from '../../couch/types.ts';
import { faulty, openTestbed, type Testbed } from '../../courier/testbed.ts';
import { openIssue } from '../../credentials/index.ts';
import type { CertificateRecord } from '../../credentials/records.ts';
import { openMediaStore } from '../../media/index.ts';
import { openParcelKeys } from '../../parcels/keys.ts';
import { openDatabase } from '../../registry/database.ts';
import type { Person } from '../../registry/types.ts';
import { publishCourse, readMarkdown } from '../index.ts';
import { makeGrade } from './grades.ts';
import { openDesk } from './index.ts';

let bed: Testbed;
let data: string;
let person: Person;

beforeAll(async () => {
  [bed, data] = await Promise.all([openTestbed(), mkdtemp(path.join(tmpdir(), 'certify-'))]);
});
beforeEach(async () => {
  person = await bed.join('Siti');
});
afterAll(async () => {
  await bed.close();
  await rm(data, { recursive: true, force: true });
});

const publish = async (study: string, chapters = '# Satu\n\nisi\n\n# Dua\n\nisi\n'): Promise<Course> => {
  const media = await openMediaStore(path.join(data, 'media'));
  const text = `---\ntitle: Air\nhours: 3\nstudy: ${study}\n---\n${chapters}`;
  return publishCourse({ couch: bed.couch, media }, await readMarkdown(text), { publisher: 'LAN' });
};

/** Brings her way through a course to a desk, as the courier does with a document that has arrived. */
async function bring(way: Progress, couch: Couch = bed.couch): Promise<void> {
  const issue = await openIssue(couch, { data });
  const desk = openDesk({ couch, keys: openParcelKeys(data), files: { has: async () => true }, issue });
  const own = openDatabase(couch, 'courier', personDatabase(person.id));
  await desk.attend(way, person, own, '2026-03-03T00:00:00.000Z');
}

const progressOf = (course: Course, chapters: string[], before?: Progress): Progress => ({
  ...{ _id: docId('progress', suffixOf(course._id)), type: 'progress', schema: 1, zone: 'Asia/Jayapura' },
  ...{ createdAt: '2026-03-02T00:00:00.000Z', edit: newEdit(before?.edit), course: course._id, place: null },
  done: Object.fromEntries(chapters.map((id) => [id, '2026-03-02T00:00:00.000Z']))
});

const all = ({ chapters }: Course): string[] => chapters.map(({ id }) => id);
const held = () => openDatabase(bed.couch, 'gateway', personDatabase(person.id)).byPrefix<Certificate>('certificate:');
const issued = async () => {
  const records = await openDatabase(bed.couch, 'gateway', REGISTRY).byPrefix<CertificateRecord>('certificate:');
  return records.filter((record) => record.person === person.id);
};

test('a finished course brings one certificate; what is written in it afterwards brings none', async () => {
  const course = await publish('{ certificate: true }');
  const half = progressOf(course, ['satu']);
  await bring(half);
  expect(await held()).toEqual([]);
  const whole = progressOf(course, all(course), half);
  await bring(whole);
  const [certificate, ...more] = await held();
  expect(more).toEqual([]);
  expect(certificate).toMatchObject({ course: course._id, title: 'Air', publisher: 'LAN', learningHours: 3 });
  expect(parseInbox(certificate)?.type).toBe('certificate');
  await bring(progressOf(course, all(course), whole));
  expect(await held()).toEqual([certificate]);
  expect(await issued()).toHaveLength(1);
});

test('a course that gives none brings none', async () => {
  const course = await publish('{ certificate: false }');
  await bring(progressOf(course, all(course)));
  expect(await held()).toEqual([]);
});

test('an evaluation has to be passed at the server, whatever the device says is done', async () => {
  const quiz = '# Satu\n\nisi\n\n# Ujian\n\n```evaluasi\nlulus: 100%\n\n? Mana?\n(x) Ini\n( ) Itu\n```\n';
  const course = await publish('{ certificate: true }', quiz);
  const said = progressOf(course, all(course));
  await bring(said);
  expect(await held()).toEqual([]);
  const attempt = { _id: 'attempt:0190c0de-0000-7000-8000-000000000000', course: course._id, chapter: 'ujian' };
  const grade = makeGrade(attempt, { status: 'passed', score: 1 }, '2026-03-03T00:00:00.000Z');
  await openDatabase(bed.couch, 'courier', personDatabase(person.id)).bulk([grade]);
  await bring(progressOf(course, all(course), said));
  expect(await held()).toHaveLength(1);
});

test('desks that see it at the same moment issue one certificate', async () => {
  const course = await publish('{ certificate: true }');
  const way = progressOf(course, all(course));
  await Promise.allSettled([bring(way), bring(way), bring(way)]);
  await bring(way);
  expect(await held()).toHaveLength(1);
  expect(await issued()).toHaveLength(1);
});

test('a desk that dies at any request issues one certificate, and it is the one of the registry', async () => {
  const course = await publish('{ certificate: true }');
  const way = progressOf(course, all(course));
  for (let deadly = 1, isDone = false; !isDone; deadly += 1) {
    let requests = 0;
    const dying = faulty(bed.couch, () => {
      requests += 1;
      return requests === deadly ? 'answer-lost' : requests > deadly ? 'unreachable' : 'none';
    });
    isDone = await bring(way, dying).then(
      () => true,
      () => false
    );
    expect(deadly).toBeLessThan(30);
  }
  const [certificate, ...more] = await held();
  expect(more).toEqual([]);
  expect(await issued()).toMatchObject([{ number: certificate?.number, jws: certificate?.credential }]);
});
