import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeSeal } from './seal.ts';

const key = (): Uint8Array => new Uint8Array(randomBytes(32));

test('what is sealed opens with the same key, about the same, and unchanged', () => {
  const mine = makeSeal(key());
  const sealed = mine.seal('rahasia', 'guru');
  expect(sealed).not.toContain('rahasia');
  expect(mine.open(sealed, 'guru')).toBe('rahasia');
  expect(mine.open(sealed, 'rekan')).toBeUndefined();
  expect(makeSeal(key()).open(sealed, 'guru')).toBeUndefined();
  for (let at = 0; at < sealed.length; at += 1) {
    const other = sealed[at] === 'A' ? 'B' : 'A';
    const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
    const opened = mine.open(changed, 'guru');
    // The last character of base64url may hold bits that say nothing.
    if (at < sealed.length - 1) expect(opened, String(at)).toBeUndefined();
  }
  for (const nothing of ['', 'A', 'A'.repeat(37)]) expect(mine.open(nothing, 'guru')).toBeUndefined();
});
