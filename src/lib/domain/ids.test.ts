import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DOC_ID_PATTERN,
  docId,
  newEdit,
  receiptId,
  suffixOf,
  timeOfUuid,
  typeOf,
  UUID_PATTERN,
  uuidFloor,
  uuidv7
} from './ids.ts';

const time = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const random = fc.uint8Array({ minLength: 10, maxLength: 10 });

describe('UUIDv7', () => {
  test('matches the example of RFC 9562, appendix A.6', () => {
    const bytes = new Uint8Array([0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]);
    expect(uuidv7(0x017f22e279b0, bytes)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  });

  test('holds its time, has the form of a UUID and sorts by time', () => {
    fc.assert(
      fc.property(time, time, random, random, (a, b, x, y) => {
        const [first, second] = [uuidv7(a, x), uuidv7(b, y)];
        expect(timeOfUuid(first)).toBe(a);
        expect(first).toMatch(UUID_PATTERN);
        expect(first).toMatch(/^.{14}7.{4}[89ab]/);
        if (a < b) expect(first < second).toBe(true);
      })
    );
  });

  test('lies between the floors of its time and of the next', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 - 2 }), random, (at, bytes) => {
        const id = uuidv7(at, bytes);
        expect(uuidFloor(at) <= id && id < uuidFloor(at + 1)).toBe(true);
      })
    );
  });

  test('a new edit is later than the one before, whatever the clock says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 - 2 }), time, random, (before, now, bytes) => {
        const previous = uuidv7(before, bytes);
        const edit = newEdit(previous, now);
        expect(edit > previous).toBe(true);
        expect(timeOfUuid(edit)).toBeGreaterThanOrEqual(now);
      })
    );
  });
});

describe('document ids', () => {
  const uuid = '017f22e2-79b0-7cc3-98c4-dc0c0c07398f';

  test('are made and taken apart', () => {
    expect(docId('post', uuid)).toBe(`post:${uuid}`);
    expect(docId('reaction', uuid, uuid)).toBe(`reaction:${uuid}.${uuid}`);
    expect(typeOf(`post:${uuid}`)).toBe('post');
    expect(suffixOf(`reaction:${uuid}.${uuid}`)).toBe(`${uuid}.${uuid}`);
    expect(receiptId(`post:${uuid}`)).toBe(`receipt:post:${uuid}`);
    expect(typeOf(receiptId(`post:${uuid}`))).toBe('receipt');
  });

  test('without a colon have no type', () => {
    for (const id of ['', 'postx', '_design/x', ':x']) expect(typeOf(id)).toBe('');
  });

  test.each([`post:${uuid}`, `reaction:${uuid}.${uuid}`])('%s has the form of one', (id) =>
    expect(id).toMatch(DOC_ID_PATTERN)
  );

  test.each([
    uuid,
    'post:',
    `post:${uuid.toUpperCase()}`,
    `post:${uuid}.`,
    `post:${uuid}\n`,
    `Post:${uuid}`,
    `post:../${uuid}`
  ])('%j has not', (id) => expect(id).not.toMatch(DOC_ID_PATTERN));
});
