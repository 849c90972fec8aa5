import { expect, test } from 'vitest';
import { Place } from './place.ts';

test('the place goes on only when everybody before it is delivered, in whatever order', () => {
  const place = new Place();
  place.add('1', new Set(['a', 'b']));
  place.add('2', new Set(['a']));
  place.add('3', new Set(['c']));
  expect(place.seq).toBeUndefined();
  place.done('c');
  place.done('b');
  expect(place.seq).toBeUndefined();
  place.done('a');
  expect(place.seq).toBe('3');
});

test('news about nobody moves the place at once, but not past those who wait', () => {
  const place = new Place();
  place.add('1', new Set());
  expect(place.seq).toBe('1');
  place.add('2', new Set(['a']));
  place.add('3', new Set());
  expect(place.seq).toBe('1');
});

test('a mark waits for those who are added to it later', () => {
  const place = new Place();
  const found = new Set(['sweep']);
  place.add('1', found);
  found.add('a');
  place.done('sweep');
  expect(place.seq).toBeUndefined();
  place.done('a');
  expect(place.seq).toBe('1');
});
