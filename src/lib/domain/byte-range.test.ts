import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRange } from './byte-range.ts';

test.each([
  [undefined, 'whole'],
  [null, 'whole'],
  ['bytes=0-3', { start: 0, end: 4 }],
  ['bytes=4-', { start: 4, end: 10 }],
  ['bytes=-3', { start: 7, end: 10 }],
  ['bytes=-99', { start: 0, end: 10 }],
  ['bytes=5-99', { start: 5, end: 10 }],
  ['bytes=9-9', { start: 9, end: 10 }],
  ['bytes=10-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=3-2', 'whole'],
  ['bytes=-', 'whole'],
  ['bytes=0-1,3-4', 'whole'],
  ['items=0-3', 'whole'],
  ['bytes=a-b', 'whole'],
  ['bytes=99999999999999999999-', 'whole']
])('range %s', (header, expected) => {
  expect(parseRange(header, 10)).toEqual(expected);
});

const size = fc.integer({ min: 0, max: 3_000 });
const edge = fc.integer({ min: 0, max: 4_000 });

test('a range with two ends is what a slice of the bytes would be', () => {
  fc.assert(
    fc.property(size, edge, edge, (length, first, last) => {
      const bytes = Array.from({ length }, (_, index) => index);
      const range = parseRange(`bytes=${first}-${last}`, length);
      const wanted = bytes.slice(first, last + 1);
      if (last < first) expect(range).toBe('whole');
      else if (typeof range === 'string') expect([range, wanted]).toEqual(['unsatisfiable', []]);
      else expect(bytes.slice(range.start, range.end)).toEqual(wanted);
    })
  );
});

test('the last bytes are the last bytes', () => {
  fc.assert(
    fc.property(size, edge, (length, last) => {
      const range = parseRange(`bytes=-${last}`, length);
      if (typeof range === 'string') expect(Math.min(last, length)).toBe(0);
      else expect([range.end, range.end - range.start]).toEqual([length, Math.min(last, length)]);
    })
  );
});
