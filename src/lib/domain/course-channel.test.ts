import * as v from 'valibot';
import { expect, test } from 'vitest';
import { courseChannel, isCourseChannel } from './course-channel.ts';
import { key } from './documents/fields.ts';
import { docId, uuidv7 } from './ids.ts';

test('courses that were made in one moment have channels of their own, with names that databases take', () => {
  const now = Date.now();
  const names = Array.from({ length: 200 }, () => courseChannel(docId('course', uuidv7(now))));
  expect(new Set(names).size).toBe(200);
  for (const name of names) {
    expect(v.is(key, name)).toBe(true);
    expect(isCourseChannel(name)).toBe(true);
  }
  expect(isCourseChannel('sd-kolf-braza')).toBe(false);
});
