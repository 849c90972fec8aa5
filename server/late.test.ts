import { expect, test } from 'vitest';
import { DOC_ID_PATTERN, docId, suffixOf, timeOfUuid, uuidv7 } from '../src/lib/domain/ids.ts';
import { isLateMarker, lateMarker } from './late.ts';

const NOW = Date.UTC(2026, 10, 24);
const DAY = 24 * 3_600_000;
const post = (time: number) => docId('post', uuidv7(time));

test('what comes late is marked under the time of its arrival, always in the same way', () => {
  const id = post(NOW - 730 * DAY);
  const marker = lateMarker(id, NOW);
  expect(marker).toMatchObject({ type: 'late', of: id });
  expect(lateMarker(id, NOW)).toEqual(marker);
  expect(marker?._id).toMatch(DOC_ID_PATTERN);
  expect(isLateMarker(marker?._id ?? '')).toBe(true);
  expect(timeOfUuid(suffixOf(marker?._id ?? ''))).toBe(NOW);
});

test('what comes soon, from the future, or under the id of another document is not', () => {
  expect(lateMarker(post(NOW - DAY / 2), NOW)).toBeUndefined();
  expect(lateMarker(post(NOW + 730 * DAY), NOW)).toBeUndefined();
  expect(lateMarker(docId('reaction', uuidv7(NOW - 40 * DAY), crypto.randomUUID()), NOW)).toBeUndefined();
});
