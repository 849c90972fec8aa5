import { expect, test } from 'vitest';
import { chooseCoding } from './coding.ts';

test.each([
  [undefined, undefined],
  ['', undefined],
  ['identity', undefined],
  ['gzip', 'gzip'],
  ['gzip, deflate', 'gzip'],
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip, zstd', 'zstd'],
  ['br;q=0.5, gzip;q=0.9', 'gzip'],
  ['br;q=0, gzip;q=0', undefined],
  ['*', 'br'],
  ['*;q=0.1, gzip', 'gzip'],
  ['BR', 'br'],
  ['br;q=nonsense', undefined]
])('Accept-Encoding %s', (header, coding) => {
  expect(chooseCoding(header)).toBe(coding);
});
