import { expect, test } from 'vitest';
import { delayOf } from './backoff';

const setback = { attempt: 0, cheap: false, visible: true, retryAfter: 0 };

test('the longest delay doubles from one second to one minute', () => {
  const longest = [0, 1, 2, 3, 4, 5, 6, 7, 50].map((attempt) => delayOf({ ...setback, attempt }, 1));
  expect(longest).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1000));
});

test('the delay is spread over the whole range, but never nothing', () => {
  expect(delayOf({ ...setback, attempt: 6 }, 0.5)).toBe(30_000);
  expect(delayOf({ ...setback, attempt: 6 }, 0)).toBe(250);
});

test('who looks sees the server come back within three seconds, as long as asking costs nothing', () => {
  expect(delayOf({ ...setback, attempt: 30, cheap: true }, 1)).toBe(2_500);
  expect(delayOf({ ...setback, attempt: 500, cheap: true }, 1)).toBe(5_000);
  expect(delayOf({ ...setback, attempt: 30, cheap: true, visible: false }, 1)).toBe(60_000);
});

test('the time that the server asks for comes on top', () => {
  expect(delayOf({ ...setback, retryAfter: 20 }, 1)).toBe(21_000);
});
