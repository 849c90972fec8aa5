/** The runs of three words in a text, without regard to case and punctuation. */
export function trigrams(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\d]+/gu) ?? [];
  return new Set(words.slice(2).map((word, at) => `${words[at]} ${words[at + 1]} ${word}`));
}

/** How much two sets share, from 0 to 1 (Jaccard index). */
export function similarity(a: Set<string>, b: Set<string>): number {
  let shared = 0;
  for (const item of a) if (b.has(item)) shared++;
  return shared / Math.max(1, a.size + b.size - shared);
}
