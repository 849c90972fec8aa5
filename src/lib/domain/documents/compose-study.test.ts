import { expect, test } from 'vitest';
import { addStudy } from './compose-study.ts';
import { mergeOwn, parseOwn } from './index.ts';

const [A, B] = ['course:0190c0de-0000-7000-8000-00000000000a', 'course:0190c0de-0000-7000-8000-00000000000b'];

test('time adds up by course and day in one document of the year, and never beyond a day', () => {
  const first = addStudy(undefined, A, '2026-11-25', 61.4);
  const second = addStudy(addStudy(first, B, '2026-11-25', 30), A, '2026-11-25', 60);
  expect(second._id).toBe(first._id);
  expect(second.year).toBe(2026);
  expect(second.seconds).toEqual({ [A]: { '2026-11-25': 121 }, [B]: { '2026-11-25': 30 } });
  expect(second.edit > first.edit).toBe(true);
  const full = addStudy(second, A, '2026-11-25', 200_000);
  expect(full.seconds[A]).toEqual({ '2026-11-25': 86_400 });
  expect(parseOwn(full)).toEqual(full);
  expect(mergeOwn(first, second).seconds).toEqual(second.seconds);
});
