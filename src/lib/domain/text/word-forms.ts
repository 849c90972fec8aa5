import IndonesianStemmer from '@nlpjs/lang-id/src/indonesian-stemmer.js';

const stemmer = new IndonesianStemmer();

/** The shortest word whose forms are looked for: affixes cut a shorter one to nothing. */
const SHORTEST = 4;

/** Longest word: nobody writes a longer one, and a stem costs as much as its letters. */
const LONGEST = 40;

/** What a nasal prefix has put in place of the first letter of its root: menulis, from tulis; mengelola, from kelola. */
const SWALLOWED: readonly (readonly [prefix: RegExp, letters: string])[] = [
  [/(^|per|se)(me|pe)ng$/, 'k'],
  [/(^|per|se)(me|pe)n$/, 'tn'],
  [/(^|per|se)(me|pe)m$/, 'pm']
];

/** Roots that begin with the letter that the prefix has swallowed, of which the stemmer leaves the rest. */
function restored(word: string, stem: string): string[] {
  if (!/^[aiueo]/.test(stem)) return [];
  const before = word.slice(0, word.lastIndexOf(stem));
  return SWALLOWED.flatMap(([prefix, letters]) => (prefix.test(before) ? [...letters].map((one) => one + stem) : []));
}

/** The root of an Indonesian word, by the Snowball stemmer: melayani, pelayanan and dilayani are all layan. */
export const stem = (word: string): string =>
  word.length < SHORTEST || word.length > LONGEST || !/^[a-z]+$/.test(word) ? word : stemmer.stemWord(word);

/**
 * The word and all roots that it may have. Without a dictionary nobody knows which of them is the right one, so two words
 * are forms of one when they share any; a word always stands first in its own forms.
 */
export function wordForms(word: string): string[] {
  if (word.length < SHORTEST || word.length > LONGEST || !/^[a-z]+$/.test(word)) return [word];
  const forms = new Set([word]);
  const [, inner] = /^ke(.{4,})an$/.exec(word) ?? [];
  if (inner) forms.add(inner);
  // What is added is looked at as well: a stem has forms of its own (kepegawaian, pegawai, gawai).
  for (const form of forms) {
    const root = stem(form);
    forms.add(root);
    for (const whole of restored(form, root)) forms.add(whole);
  }
  return [...forms].filter((form) => form === word || form.length > 2);
}
