import { expect, test } from 'vitest';
import { addStudy } from '$lib/domain/documents/compose-study';
import { timeSpent } from './time';

const [A, B] = ['course:a', 'course:b'];

test('the time of all devices adds up, by month and by course, and years stay apart', () => {
  const phone = addStudy(addStudy(undefined, A, '2026-01-31', 600), B, '2026-11-02', 1_800);
  const office = addStudy(undefined, A, '2026-11-02', 900);
  const before = addStudy(undefined, A, '2025-12-31', 5_000);
  const spent = timeSpent([phone, office, before], 2026);
  expect(spent.seconds).toBe(3_300);
  expect(spent.months[0]).toBe(600);
  expect(spent.months[10]).toBe(2_700);
  expect(spent.courses).toEqual([
    { id: B, seconds: 1_800 },
    { id: A, seconds: 1_500 }
  ]);
  expect(timeSpent([], 2026)).toMatchObject({ seconds: 0, courses: [] });
});
