import type { Mark } from './mark.ts';

type Place = Pick<Mark, 'from' | 'to' | 'quote' | 'before' | 'after'>;

/** Most places of one quote that are weighed: a quote of one letter stands everywhere. */
const MOST = 1_000;

/**
 * Where a mark stands in a chapter's text as it is now: where it was, or, in another edition, where its words stand with
 * the most of what stood around them; of equals, the nearest to the old place. Undefined when its words are gone.
 */
export function findMark(mark: Place, text: string): { from: number; to: number } | undefined {
  const length = mark.to - mark.from;
  const at = (from: number) => ({ from, to: Math.min(from + length, text.length) });
  if (mark.quote === '') return undefined;
  let best: { from: number; weight: number } | undefined;
  let from = text.indexOf(mark.quote);
  for (let count = 0; from >= 0 && count < MOST; count += 1) {
    const weight = sameEnd(text.slice(0, from), mark.before) + sameStart(text.slice(from + length), mark.after);
    const isNearer = best === undefined || Math.abs(from - mark.from) < Math.abs(best.from - mark.from);
    if (best === undefined || weight > best.weight || (weight === best.weight && isNearer)) best = { from, weight };
    from = text.indexOf(mark.quote, from + 1);
  }
  return best && at(best.from);
}

function sameStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}

function sameEnd(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a.at(-1 - length) === b.at(-1 - length)) length += 1;
  return length;
}
