import { expect, test } from 'vitest';
import type { Course } from '$lib/domain/documents/course';
import { newEdit } from '$lib/domain/ids';
import { advance } from '$lib/domain/documents/compose';
import { finishedShare, newestPlace, placeIn } from './place';

const file = { sha256: 'a'.repeat(64), size: 1, type: 'application/json' };
const course = {
  chapters: ['satu', 'dua'].map((id) => ({ id, title: id, file, images: [] }))
} as unknown as Course;

test('reading goes on at the newest place, from whichever device', () => {
  const old = { chapter: 'satu', fraction: 0.2, edit: newEdit() };
  const fresh = { chapter: 'dua', fraction: 0.7, edit: newEdit(old.edit) };
  expect(newestPlace(old, fresh)).toBe(fresh);
  expect(newestPlace(fresh, old)).toBe(fresh);
  expect(newestPlace(undefined, null)).toBeUndefined();
  expect(placeIn(course, fresh)).toEqual({ index: 1, fraction: 0.7 });
});

test('a place in a chapter that is gone is the beginning', () => {
  expect(placeIn(course, { chapter: 'tiga', fraction: 0.5, edit: newEdit() })).toEqual({ index: 0, fraction: 0 });
});

test('finished chapters count once and only if they exist', () => {
  const progress = advance(
    'course:0190c0de-0000-7000-8000-000000000000',
    undefined,
    { chapter: 'satu', fraction: 1 },
    true
  );
  expect(finishedShare(course, progress)).toBe(0.5);
  expect(finishedShare(course, undefined)).toBe(0);
});
