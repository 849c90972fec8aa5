import * as v from 'valibot';

export const MODES = ['scroll', 'paged'] as const;
export const LOOKS = ['app', 'light', 'sepia', 'dark'] as const;
export const SPACINGS = ['tight', 'normal', 'wide'] as const;

/** Smallest and largest size of a book's text, and how far a step goes, in percent. */
export const SIZE = { least: 100, most: 200, step: 10 };

const schema = v.object({
  mode: v.fallback(v.picklist(MODES), 'scroll'),
  look: v.fallback(v.picklist(LOOKS), 'app'),
  spacing: v.fallback(v.picklist(SPACINGS), 'normal'),
  size: v.fallback(v.pipe(v.number(), v.minValue(SIZE.least), v.maxValue(SIZE.most)), SIZE.least)
});

/** How a person wants books to look on this device. */
export type ReadingStyle = v.InferOutput<typeof schema>;

/** Where the store keeps it, sealed. */
export const STYLE_SETTING = 'reading-style';

/** What was kept, with the usual in place of what cannot be understood. */
export function styleFrom(kept: unknown): ReadingStyle {
  const read = v.safeParse(schema, kept);
  return read.success ? read.output : { mode: 'scroll', look: 'app', spacing: 'normal', size: SIZE.least };
}
