import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newMark } from './compose-mark.ts';
import { findMark } from './find-mark.ts';

const COURSE = 'course:01890000-0000-8000-8000-000000000000';
const words = fc
  .array(fc.constantFrom('aku', 'dan', 'kamu', 'pergi', 'ke', 'pasar', 'السوق', '\n', 'é', '😀'), {
    minLength: 3,
    maxLength: 60
  })
  .map((list) => list.join(' '));

const marked = words.chain((text) =>
  fc
    .tuple(fc.nat(text.length - 1), fc.integer({ min: 1, max: 40 }))
    .map(([from, length]) => ({ text, from, to: Math.min(text.length, from + length) }))
);

test('a mark is where it was while the text has not changed', () => {
  fc.assert(
    fc.property(marked, ({ text, from, to }) => {
      const mark = newMark(COURSE, { chapter: 'c', text, from, to }, 'kuning');
      expect(findMark(mark, text)).toEqual({ from, to });
    })
  );
});

test('after insertions before and behind it, a mark stands on the same words', () => {
  fc.assert(
    fc.property(marked, words, words, ({ text, from, to }, before, behind) => {
      const mark = newMark(COURSE, { chapter: 'c', text, from, to }, 'kuning');
      const found = findMark(mark, before + text + behind);
      expect((before + text + behind).slice(found?.from, found?.to)).toBe(text.slice(from, to));
    })
  );
});

test('of equal words, those are meant that stand among the same others', () => {
  fc.assert(
    fc.property(words, words, (before, inserted) => {
      const text = `${before} awal kata lanjut. Di sini kata akhir.`;
      const from = text.lastIndexOf('kata');
      const mark = newMark(COURSE, { chapter: 'c', text, from, to: from + 4 }, 'biru');
      const moved = `${inserted} kata ${text} kata`;
      expect(findMark(mark, moved)?.from).toBe(inserted.length + 6 + from);
    })
  );
});

test('a long passage keeps its length and a part of its words; gone words are not found', () => {
  const text = 'abcdefghij'.repeat(500);
  const mark = newMark(COURSE, { chapter: 'c', text, from: 10, to: 4_010 }, 'hijau');
  expect(mark.quote).toHaveLength(2_000);
  expect(findMark(mark, text)).toEqual({ from: 10, to: 4_010 });
  expect(findMark(mark, 'lain')).toBeUndefined();
});
