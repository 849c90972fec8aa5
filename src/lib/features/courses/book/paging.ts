/** The measures of a text that stands in columns side by side, each as wide as the page. Distances in CSS pixels. */
export interface Measures {
  /** Width of a page, and of the gap before the next one. */
  width: number;
  gap: number;
  /** Width of all columns with the gaps between them. */
  whole: number;
  direction: 'ltr' | 'rtl';
}

const stepOf = ({ width, gap }: Measures): number => Math.max(1, width + gap);

/** How many pages there are; at least one. */
export const pageCount = (measures: Measures): number =>
  Math.max(1, Math.round((measures.whole + measures.gap) / stepOf(measures)));

/** The page at a distance from the beginning of the text, in the direction of reading. */
export const pageAt = (distance: number, measures: Measures): number =>
  Math.min(pageCount(measures) - 1, Math.max(0, Math.floor((distance + 1) / stepOf(measures))));

/** Where to scroll for a page: to the left of the beginning, negative, in a book from right to left. */
export const scrollFor = (page: number, measures: Measures): number => {
  const distance = page * stepOf(measures);
  return measures.direction === 'rtl' && distance > 0 ? -distance : distance;
};

/** The page that is meant when something scrolled there: a screen reader, or the browser's own search. */
export const pageScrolledTo = (scrollLeft: number, measures: Measures): number =>
  pageAt(Math.abs(scrollLeft) + stepOf(measures) / 2 - 1, measures);

export type Turn = 'next' | 'previous' | 'first' | 'last';

/** What a key does to the page; in a book from right to left the arrows change places. */
export function turnOf(key: string, direction: 'ltr' | 'rtl'): Turn | undefined {
  if (key === 'ArrowRight') return direction === 'rtl' ? 'previous' : 'next';
  if (key === 'ArrowLeft') return direction === 'rtl' ? 'next' : 'previous';
  if (key === 'PageDown' || key === ' ') return 'next';
  if (key === 'PageUp') return 'previous';
  if (key === 'Home') return 'first';
  return key === 'End' ? 'last' : undefined;
}

/** What a tap does: the outer thirds turn, the middle does nothing. `share` is its place from the left, 0 to 1. */
export function tapTurn(share: number, direction: 'ltr' | 'rtl'): Turn | undefined {
  if (share > 0.3 && share < 0.7) return undefined;
  return share >= 0.7 === (direction === 'ltr') ? 'next' : 'previous';
}

/** What a stroke of a finger does: the page follows it. Short, slow-rising or upright strokes are no turn. */
export function swipeTurn(dx: number, dy: number, direction: 'ltr' | 'rtl'): Turn | undefined {
  if (Math.abs(dx) < 40 || Math.abs(dx) < 2 * Math.abs(dy)) return undefined;
  return dx < 0 === (direction === 'ltr') ? 'next' : 'previous';
}
