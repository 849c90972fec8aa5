import { expect, test } from 'vitest';
import { clock } from './time-words';

test.each([
  [0, '0:00'],
  [7.9, '0:07'],
  [247, '4:07'],
  [3_847, '1:04:07'],
  [Number.NaN, '0:00'],
  [Number.POSITIVE_INFINITY, '0:00'],
  [-3, '0:00']
])('%s seconds are %s', (seconds, words) => expect(clock(seconds)).toBe(words));
