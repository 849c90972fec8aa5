import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { personDatabase } from '../../../src/lib/domain/databases.ts';
import type { Answers, Attempt } from '../../../src/lib/domain/documents/attempt.ts';
import type { Course } from '../../../src/lib/domain/documents/course.ts';
import type { Grade } from '../../../src/lib/domain/documents/grade.ts';
import { docId, suffixOf, uuidv7 } from '../../../src/lib/domain/ids.ts';
import { sealSheet, type SheetPlace } from '../../../src/lib/domain/learning/sheet.ts';
import { newText } from '../../../src/lib/domain/merge/text-register.ts';
import { faulty, openTestbed, type Testbed } from '../../courier/testbed.ts';
import { openIssue } from '../../credentials/index.ts';
import type { Issue } from '../../credentials/issue.ts';
import { openMediaStore } from '../../media/index.ts';
import { openOwnFiles, type OwnFiles } from '../../own-files/index.ts';
import { openParcelKeys, type ParcelKeys } from '../../parcels/keys.ts';
import { openDatabase } from '../../registry/database.ts';
import type { Person } from '../../registry/types.ts';
import { publishCourse, readMarkdown } from '../index.ts';
import { openDesk, type Desk } from './index.ts';

const TEXT = `---
title: Air
study:
  regular: { from: 1, to: 10, attempts: 2 }
  remedial: { from: 15, to: 20, attempts: 1 }
  certificate: true
---
# Baca

isi

# Ujian

\`\`\`evaluasi
lulus: 100%

? Mana yang benar?
(x) Merebus
( ) Membiarkan

? Urutkan
1. Zat
2. Atap
\`\`\`

# Jurnal

\`\`\`tugas
Unggah jurnal.
\`\`\`
`;

const DAY = 86_400_000;
const START = Date.parse('2026-03-02T01:00:00.000Z');
const RIGHT: Answers = { s1: 'p1', s2: ['p2', 'p1'] };

let bed: Testbed;
let data: string;
let keys: ParcelKeys;
let files: OwnFiles;
let issue: Issue;
let desk: Desk;
let course: Course;
let person: Person;
let now: number;

beforeEach(async () => {
  [bed, data] = await Promise.all([openTestbed(), mkdtemp(path.join(tmpdir(), 'desk-'))]);
  keys = openParcelKeys(data);
  issue = await openIssue(bed.couch, { data });
  files = openOwnFiles(bed.couch, await openMediaStore(path.join(data, 'own-files')));
  const media = await openMediaStore(path.join(data, 'media'));
  course = await publishCourse({ couch: bed.couch, media }, await readMarkdown(TEXT), { publisher: 'LAN' });
  desk = openDesk({ couch: bed.couch, keys, files, issue });
  person = await bed.join('Siti');
  now = START;
});
afterEach(async () => {
  await bed.close();
  await rm(data, { recursive: true, force: true });
});

/** Lets a courier deliver everything, on this database or on a faulty view of it. */
async function deliver(couch = bed.couch): Promise<void> {
  const courier = await bed.start(couch, { desk, now: () => now });
  await courier.idle();
  await courier.stop();
}

const own = (who = person) => openDatabase(bed.couch, 'gateway', personDatabase(who.id));
const gradeOf = ({ _id }: { _id: string }, who = person) => own(who).get<Grade>(docId('grade', suffixOf(_id)));
const grades = (who = person) => own(who).byPrefix<Grade>('grade:');

const head = () => ({ schema: 1, createdAt: new Date(now).toISOString(), zone: 'Asia/Jayapura', edit: uuidv7() });

const EVALUATION = 'ujian';

async function attemptOf(given: Answers, more: Partial<SheetPlace> = {}): Promise<Attempt> {
  const _id = docId('attempt', uuidv7());
  const place = { person: person.id, attempt: _id, course: course._id, chapter: EVALUATION, ...more };
  const file = course.chapters.find(({ id }) => id === EVALUATION)?.file.sha256 ?? '';
  return {
    ...{ ...head(), _id, type: 'attempt', course: course._id, chapter: EVALUATION, kind: 'evaluation' },
    ...{ startedAt: new Date(now).toISOString(), finishedAt: new Date(now).toISOString() },
    sealed: await sealSheet({ file, answers: given }, place, await keys.newest())
  };
}

const progressOf = () => ({
  ...{ ...head(), _id: docId('progress', suffixOf(course._id)), type: 'progress' },
  ...{ course: course._id, done: { baca: new Date(now).toISOString() }, place: null }
});

test('an evaluation is graded by the keys of the server, question by question, and they are not told', async () => {
  const [good, bad] = [await attemptOf({ s1: 'p1' }), await attemptOf(RIGHT)];
  await bed.write(person, good, bad);
  await deliver();
  expect(await gradeOf(good)).toMatchObject({
    ...{ of: good._id, course: course._id, chapter: EVALUATION },
    ...{ status: 'failed', score: 0.5, correct: { s1: true, s2: false }, remaining: 1 }
  });
  expect(await gradeOf(bad)).toMatchObject({ status: 'passed', score: 1, correct: { s1: true, s2: true } });
  expect(await bed.receipt(person, good._id)).toMatchObject({ status: 'delivered' });
  for (const one of await grades()) expect(JSON.stringify(one)).not.toMatch(/p1|key/);
});

test('the first that the server hears of a person in a course is her first day, and stays it', async () => {
  await bed.write(person, progressOf());
  await deliver();
  now += 3 * DAY;
  const later = { ...progressOf(), done: {} };
  await bed.write(person, later, await attemptOf({}));
  await deliver();
  expect(await own().get(docId('enrolment', suffixOf(course._id)))).toMatchObject({
    startedAt: new Date(START).toISOString(),
    zone: 'Asia/Jayapura'
  });
});

test('days and attempts are counted by the clock of the server', async () => {
  await bed.write(person, progressOf());
  await deliver();
  const backdated = { startedAt: new Date(START).toISOString(), finishedAt: new Date(START).toISOString() };
  const expected: [number, object][] = [
    [1, { status: 'failed', remaining: 1 }],
    [2, { status: 'failed', remaining: 0, opensAt: new Date(START + 14 * DAY - 10 * 3_600_000).toISOString() }],
    [3, { status: 'refused', reason: 'no-attempts' }],
    [12, { status: 'refused', reason: 'not-open' }],
    [15, { status: 'failed', remaining: 0 }],
    [16, { status: 'refused', reason: 'no-attempts' }],
    [25, { status: 'refused', reason: 'not-open' }]
  ];
  for (const [day, outcome] of expected) {
    now = START + (day - 1) * DAY;
    const attempt = { ...(await attemptOf({ s1: 'p2' })), ...backdated };
    await bed.write(person, attempt);
    await deliver();
    expect(await gradeOf(attempt)).toMatchObject(outcome);
  }
});

test('who has passed cannot be graded again', async () => {
  await bed.write(person, await attemptOf(RIGHT));
  await deliver();
  const again = await attemptOf({});
  await bed.write(person, again);
  await deliver();
  expect(await gradeOf(again)).toMatchObject({ status: 'refused', reason: 'passed' });
});

test('of attempts that two devices made at once, only as many count as the course allows', async () => {
  const attempts = await Promise.all([1, 2, 3, 4].map(() => attemptOf({})));
  await bed.write(person, ...attempts);
  const couriers = await Promise.all([1, 2].map(() => bed.start(bed.couch, { desk, now: () => now })));
  await Promise.all(couriers.map((courier) => courier.idle()));
  await Promise.all(couriers.map((courier) => courier.stop()));
  const statuses = (await grades()).map(({ status }) => status).sort();
  expect(statuses).toEqual(['failed', 'failed', 'refused', 'refused']);
});

test('an attempt that was sealed for something else is refused and uses up nothing', async () => {
  const other = (more: Partial<SheetPlace>) => attemptOf(RIGHT, more).then(({ sealed }) => ({ sealed }));
  const forgeries: Partial<Attempt>[] = [
    await other({ person: crypto.randomUUID() }),
    await other({}),
    await other({ chapter: 'baca' }),
    await other({ course: docId('course', uuidv7()) }),
    { sealed: undefined },
    { sealed: 'A'.repeat(400) },
    { sealed: undefined, answers: RIGHT, score: 1 },
    { course: docId('course', uuidv7()) }
  ];
  const forged: Attempt[] = [];
  for (const forgery of forgeries) forged.push({ ...(await attemptOf(RIGHT)), ...forgery });
  const honest = await attemptOf({});
  await bed.write(person, ...forged, honest);
  await deliver();
  for (const attempt of forged)
    expect(await gradeOf(attempt)).toMatchObject({ status: 'refused', reason: 'unreadable' });
  expect(await gradeOf(honest)).toMatchObject({ status: 'failed', remaining: 1 });
});

test('a grade stands, whatever becomes of the attempt', async () => {
  const attempt = await attemptOf({});
  await bed.write(person, attempt);
  await deliver();
  const before = await gradeOf(attempt);
  const other = await attemptOf(RIGHT);
  const edited = { ...attempt, edit: uuidv7(), sealed: other.sealed, score: 1 };
  await bed.write(person, edited);
  await deliver();
  expect(await gradeOf(attempt)).toEqual(before);
  const forged = { ...before, _id: before?._id ?? '', status: 'passed' };
  await expect(own().put(forged)).rejects.toMatchObject({ status: 403 });
});

test('a desk that dies at any request grades once', async () => {
  const attempt = await attemptOf({ s1: 'p1' });
  const at = new Date(now).toISOString();
  for (let deadly = 1, isDone = false; !isDone; deadly += 1) {
    let requests = 0;
    const dying = faulty(bed.couch, () => {
      requests += 1;
      return requests === deadly ? 'answer-lost' : requests > deadly ? 'unreachable' : 'none';
    });
    const database = openDatabase(dying, 'courier', personDatabase(person.id));
    isDone = await openDesk({ couch: dying, keys, files, issue })
      .attend({ ...attempt }, person, database, at)
      .then(
        () => true,
        () => false
      );
    expect(deadly).toBeLessThan(20);
  }
  expect(await grades()).toHaveLength(1);
  expect(await gradeOf(attempt)).toMatchObject({ status: 'failed', score: 0.5, remaining: 1 });
  expect((await gradeOf(attempt))?._rev).toMatch(/^1-/);
});

test('work waits for its file and is accepted with it', async () => {
  const body = new TextEncoder().encode('%PDF-1.7 jurnal');
  const edit = uuidv7();
  const sha256 = await files.keep(crypto.randomUUID(), body, 'application/pdf');
  const work = {
    ...{ ...head(), edit, _id: docId('submission', uuidv7()), type: 'submission' },
    ...{ course: course._id, chapter: 'jurnal', note: newText(edit, 'Jurnal saya') },
    file: { sha256, size: body.length, type: 'application/pdf', name: 'jurnal.pdf', edit }
  };
  await bed.write(person, work);
  await deliver();
  // The same bytes of another person's are not hers.
  expect(await bed.receipt(person, work._id)).toMatchObject({ status: 'refused', reason: 'file-missing' });
  expect(await gradeOf(work)).toBeUndefined();
  await files.keep(person.id, body, 'application/pdf');
  const again = { ...work, edit: uuidv7() };
  await bed.write(person, again);
  await deliver();
  expect(await bed.receipt(person, work._id)).toMatchObject({ status: 'delivered' });
  expect(await gradeOf(work)).toMatchObject({ of: work._id, status: 'passed' });
});
