import { describe, expect, test } from 'vitest';
import type { Form } from '../documents/course.ts';
import type { Grade } from '../documents/grade.ts';
import { finishedAt, isFinished } from './finished.ts';

const COURSE = 'course:0190c0de-0000-7000-8000-000000000000';
const file = { sha256: 'a'.repeat(64), size: 1, type: 'application/json' };
const courseOf = (forms: Record<string, Form>) => ({
  _id: COURSE,
  chapters: Object.entries(forms).map(([id, form]) => ({ id, title: id, form, file, images: [] }))
});
const done = (...chapters: string[]) => ({
  done: Object.fromEntries(chapters.map((id) => [id, '2026-01-01T00:00:00.000Z']))
});
const grade = (chapter: string, status: Grade['status'], course = COURSE) => ({ course, chapter, status });

describe('without an evaluation', () => {
  const course = courseOf({ satu: 'text', dua: 'video', tiga: 'quiz' });
  test('all chapters have to be done', () => {
    expect(isFinished(course, done('satu', 'dua', 'tiga'), [])).toBe(true);
    expect(isFinished(course, done('satu', 'tiga'), [])).toBe(false);
    expect(isFinished(course, undefined, [])).toBe(false);
  });
});

describe('with an evaluation and an assignment', () => {
  const course = courseOf({ satu: 'text', jurnal: 'assignment', akhir: 'evaluation' });
  test('both have to be passed at the server; a tick on the device is none', () => {
    expect(isFinished(course, done('satu', 'jurnal', 'akhir'), [])).toBe(false);
    expect(isFinished(course, done('satu'), [grade('jurnal', 'passed')])).toBe(false);
    expect(isFinished(course, done('satu'), [grade('jurnal', 'passed'), grade('akhir', 'failed')])).toBe(false);
    expect(isFinished(course, done('satu'), [grade('jurnal', 'passed'), grade('akhir', 'passed')])).toBe(true);
  });
  test('a later try that failed takes nothing away, and a grade of another course gives nothing', () => {
    const grades = [grade('jurnal', 'passed'), grade('akhir', 'passed'), grade('akhir', 'refused')];
    expect(isFinished(course, done('satu'), grades)).toBe(true);
    const other = 'course:0190c0de-0000-7000-8000-000000000001';
    expect(isFinished(course, done('satu'), [grade('jurnal', 'passed'), grade('akhir', 'passed', other)])).toBe(false);
  });
});

test('a chapter named like something that objects inherit is done when it is done', () => {
  const course = courseOf({ satu: 'text' });
  const inherited = { ...course, chapters: course.chapters.map((entry) => ({ ...entry, id: 'constructor' })) };
  expect(isFinished(inherited, done(), [])).toBe(false);
  expect(isFinished(inherited, done('constructor'), [])).toBe(true);
});

test('it was finished with the last of what it took, and an evaluation with the first time that it was passed', () => {
  const course = courseOf({ satu: 'text', akhir: 'evaluation' });
  const at = (day: string) => ({ ...grade('akhir', 'passed'), at: `2026-01-${day}T00:00:00.000Z` });
  expect(finishedAt(course, done('satu'), [])).toBeUndefined();
  expect(finishedAt(course, done('satu'), [at('09'), at('05')])).toBe('2026-01-05T00:00:00.000Z');
  expect(finishedAt(courseOf({ satu: 'text' }), done('satu'), [])).toBe('2026-01-01T00:00:00.000Z');
  expect(finishedAt(courseOf({}), done(), [])).toBeUndefined();
});
