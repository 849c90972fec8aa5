import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Course } from '../documents/course.ts';
import { INBOX_SAMPLES, OWN_SAMPLES } from '../documents/testing/samples.ts';
import { parseInbox, parseOwn } from '../documents/index.ts';
import { newEdit } from '../ids.ts';
import { newText } from '../merge/text-register.ts';
import { statementsOf, type Studied } from './derive.ts';
import { faultsOf } from './testing/data-rules.ts';

const ID = 'course:0190c0de-0000-7000-8000-000000000000';
const SUBJECT = { person: '4e2363b3-504f-455d-a1a7-720c0c164e18', home: 'https://asn.example' };
const file = { sha256: 'a'.repeat(64), size: 1, type: 'application/json' };
const head = { schema: 1, createdAt: '2026-03-01T00:00:00.000Z', zone: 'Asia/Jayapura' };
const course: Course = {
  ...head,
  _id: ID,
  type: 'course',
  schema: 2,
  title: 'Netralitas ASN',
  summary: '',
  publisher: 'BKPSDM',
  language: 'id',
  direction: 'ltr',
  kind: 'course',
  topics: [],
  learningHours: 2,
  chapters: [
    { id: 'satu', title: 'Satu', form: 'text', file, images: [] },
    { id: 'akhir', title: 'Evaluasi', form: 'evaluation', file, images: [] }
  ],
  size: 1,
  publishedAt: head.createdAt
};

const none: Studied = {
  courses: [course],
  progress: [],
  attempts: [],
  submissions: [],
  runtimes: [],
  marks: [],
  grades: [],
  certificates: []
};
const edit = newEdit(undefined, Date.parse('2026-03-02T00:00:00.000Z'));
const UUID = '0190c0de-0000-7000-8000-00000000000';

const year: Studied = {
  ...none,
  progress: [
    {
      ...head,
      ...{ _id: `progress:${UUID}0`, type: 'progress', edit, course: ID, place: null },
      done: { satu: '2026-03-02T09:00:00.000Z', akhir: '2026-03-03T00:00:00.000Z' }
    }
  ],
  attempts: [
    {
      ...head,
      ...{ _id: `attempt:${UUID}1`, type: 'attempt', edit, course: ID, chapter: 'akhir', kind: 'evaluation' },
      startedAt: '2026-03-03T00:00:00.000Z',
      finishedAt: '2026-03-03T00:10:30.000Z'
    }
  ],
  grades: [
    {
      ...head,
      ...{ _id: `grade:${UUID}1`, type: 'grade', of: `attempt:${UUID}1`, course: ID, chapter: 'akhir' },
      ...{ status: 'passed', score: 0.8, at: '2026-03-03T01:00:00.000Z' }
    },
    {
      ...head,
      ...{ _id: `grade:${UUID}2`, type: 'grade', of: `attempt:${UUID}2`, course: ID, chapter: 'akhir' },
      ...{ status: 'refused', reason: 'no-attempts', at: '2026-03-03T02:00:00.000Z' }
    }
  ],
  marks: [
    {
      ...{ ...head, createdAt: '2026-03-01T08:00:00.000Z' },
      ...{ _id: `mark:${UUID}3`, type: 'mark', edit, course: ID, chapter: 'satu', from: 0, to: 6, quote: 'netral' },
      ...{ before: '', after: '', colour: { value: 'kuning', edit }, note: newText(edit, 'penting') }
    }
  ],
  certificates: [
    {
      ...head,
      ...{ _id: `certificate:${UUID}4`, type: 'certificate', course: ID, title: course.title, publisher: 'BKPSDM' },
      ...{ learningHours: 2, number: 'SA-2026-ABCDE-FGHJK', issuedAt: '2026-03-03T01:00:01.000Z', credential: 'a.b.c' }
    }
  ]
};

test('a year of studying in its order, each with its verb', async () => {
  const statements = await statementsOf(SUBJECT, year);
  expect(statements.map(({ verb }) => verb.display['en-US'])).toEqual([
    'initialized',
    'highlighted',
    'noted',
    'completed',
    'completed',
    'attempted',
    // The course, with the evaluation that was passed.
    'completed',
    'passed',
    'earned'
  ]);
  expect(statements.find(({ verb }) => verb.display['en-US'] === 'passed')).toMatchObject({
    object: { id: 'https://asn.example/courses/0190c0de-0000-7000-8000-000000000000/read?chapter=akhir' },
    result: { success: true, score: { scaled: 0.8 } },
    context: { contextActivities: { parent: [{ definition: { name: { id: 'Netralitas ASN' } } }] } }
  });
  expect(statements.find(({ verb }) => verb.display['en-US'] === 'attempted')?.result).toEqual({ duration: 'PT630S' });
});

test('deriving it again, on any device and in any order, gives the same statements under the same ids', async () => {
  const statements = await statementsOf(SUBJECT, year);
  expect(await statementsOf(SUBJECT, { ...year, grades: [...year.grades].reverse() })).toEqual(statements);
  expect(new Set(statements.map(({ id }) => id)).size).toBe(statements.length);
  const elsewhere = await statementsOf({ ...SUBJECT, home: 'https://lain.example' }, year);
  expect(elsewhere.map(({ id }) => id)).not.toContain(statements[0]?.id);
});

test('the actor is an account with a random number: no name, no NIP, no address', async () => {
  for (const { actor } of await statementsOf(SUBJECT, year))
    expect(actor).toEqual({
      objectType: 'Agent',
      account: { homePage: 'https://asn.example', name: SUBJECT.person }
    });
});

describe('the data rules of xAPI 1.0.3', () => {
  test('hold for a year of studying', async () => {
    for (const statement of await statementsOf(SUBJECT, year)) expect(faultsOf(statement)).toEqual([]);
  });

  test('and find what is against them', async () => {
    const [good] = await statementsOf(SUBJECT, year);
    if (!good) throw new Error('no statement');
    expect(faultsOf({ ...good, id: 'x' })).toEqual(['id']);
    expect(faultsOf({ ...good, result: { score: { scaled: 2 } } })).toEqual(['result.score.scaled']);
    expect(faultsOf({ ...good, timestamp: 'kemarin' })).toEqual(['timestamp']);
    expect(faultsOf({ ...good, lain: 1 })).toEqual(['lain']);
  });

  test('hold for whatever people have done', async () => {
    const arbitrary = fc.record({
      progress: fc.array(OWN_SAMPLES.progress, { maxLength: 3 }),
      attempts: fc.array(OWN_SAMPLES.attempt, { maxLength: 3 }),
      submissions: fc.array(OWN_SAMPLES.submission, { maxLength: 3 }),
      runtimes: fc.array(OWN_SAMPLES.runtime, { maxLength: 3 }),
      marks: fc.array(OWN_SAMPLES.mark, { maxLength: 3 }),
      grades: fc.array(INBOX_SAMPLES.grade, { maxLength: 3 }),
      certificates: fc.array(INBOX_SAMPLES.certificate, { maxLength: 3 })
    });
    await fc.assert(
      fc.asyncProperty(arbitrary, async (samples) => {
        const studied: Studied = { ...none };
        for (const [name, docs] of Object.entries(samples))
          Object.assign(studied, { [name]: docs.map((doc) => parseOwn(doc) ?? parseInbox(doc)).filter(Boolean) });
        const statements = await statementsOf(SUBJECT, studied);
        for (const statement of statements) expect(faultsOf(statement)).toEqual([]);
      }),
      { numRuns: 60 }
    );
  });
});
