/** Words of a text as they are compared: without case, without diacritics, letters and digits alone. */
export const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** Words that say nothing about what is looked for. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  'ada agar akan atau bagi bagaimana cara dalam dan dari dengan di hal ini itu jadi juga ke oleh pada para saat saya sebagai sejak secara serta tentang untuk yang the of and for in to a an how'.split(
    ' '
  )
);
