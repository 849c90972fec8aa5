import { expect, test } from 'vitest';
import { rememberRuntime } from './compose-runtime';

const COURSE = 'course:0190c0de-0000-7000-8000-000000000000';

test('what a package reached is never lost, what it wants to find again is what it said last', () => {
  const passed = rememberRuntime(COURSE, undefined, 'satu', {
    completed: true,
    success: 'passed',
    score: 0.9,
    seconds: 60,
    json: '{"a":"1"}'
  });
  const again = rememberRuntime(COURSE, passed, 'satu', {
    completed: false,
    success: 'failed',
    score: 0.2,
    seconds: 90,
    json: '{"a":"2"}'
  });
  expect(again._id).toBe('runtime:0190c0de-0000-7000-8000-000000000000');
  expect(again.edit > passed.edit).toBe(true);
  expect(again.entries['satu']).toMatchObject({
    completed: true,
    success: 'passed',
    score: 0.9,
    seconds: 90,
    data: { json: '{"a":"2"}' }
  });
  const other = rememberRuntime(COURSE, again, 'dua', {
    completed: false,
    success: 'unknown',
    score: null,
    seconds: 1,
    json: '{}'
  });
  expect(Object.keys(other.entries)).toEqual(['dua', 'satu']);
});
