import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageAt, pageCount, pageScrolledTo, scrollFor, swipeTurn, tapTurn, turnOf, type Measures } from './paging';

const measures = fc.record({
  width: fc.integer({ min: 100, max: 900 }),
  gap: fc.integer({ min: 0, max: 60 }),
  pages: fc.integer({ min: 1, max: 400 }),
  direction: fc.constantFrom('ltr', 'rtl')
});

const made = measures.map(({ width, gap, pages, direction }) => ({
  pages,
  measures: { width, gap, whole: pages * width + (pages - 1) * gap, direction } as Measures
}));

test('pages are counted, reached and recognised in both directions', () => {
  fc.assert(
    fc.property(made, fc.nat(), fc.double({ min: 0, max: 0.9, noNaN: true }), ({ pages, measures }, any, share) => {
      const page = any % pages;
      expect(pageCount(measures)).toBe(pages);
      const scroll = scrollFor(page, measures);
      expect(scroll === 0 || scroll < 0 === (measures.direction === 'rtl')).toBe(true);
      expect(pageScrolledTo(scroll, measures)).toBe(page);
      expect(pageAt(Math.abs(scroll) + share * measures.width, measures)).toBe(page);
    })
  );
});

test('rounded widths do not lose the last page, and nothing leads beyond it', () => {
  const odd: Measures = { width: 328, gap: 32, whole: 3 * 328 + 2 * 32 - 0.6, direction: 'ltr' };
  expect(pageCount(odd)).toBe(3);
  expect(pageAt(99_999, odd)).toBe(2);
  expect(pageAt(-5, odd)).toBe(0);
});

test('keys, taps and strokes turn the other way in a book from right to left', () => {
  expect([turnOf('ArrowRight', 'ltr'), turnOf('ArrowRight', 'rtl')]).toEqual(['next', 'previous']);
  expect([turnOf('PageDown', 'rtl'), turnOf('End', 'rtl'), turnOf('x', 'rtl')]).toEqual(['next', 'last', undefined]);
  expect([tapTurn(0.9, 'ltr'), tapTurn(0.9, 'rtl'), tapTurn(0.5, 'ltr')]).toEqual(['next', 'previous', undefined]);
  expect([
    swipeTurn(-80, 5, 'ltr'),
    swipeTurn(-80, 5, 'rtl'),
    swipeTurn(-80, 60, 'ltr'),
    swipeTurn(9, 0, 'ltr')
  ]).toEqual(['next', 'previous', undefined, undefined]);
});
