/** Crockford's base 32: what people read out and type has no I, L, O and U in it. */
export const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Random characters of 5 bits each. */
export const randomText = (length: number, random = crypto.getRandomValues(new Uint8Array(length))): string =>
  Array.from(random.subarray(0, length), (byte) => ALPHABET.charAt(byte & 31)).join('');

/** What somebody typed, in the characters of the alphabet as far as can be told what is meant. */
export const readTyped = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[\s\-–—._]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');

/** The same in groups, as people read it: `ABC-DEF-…`. */
export const inGroups = (text: string, size: number): string =>
  (text.match(new RegExp(`.{1,${size}}`, 'g')) ?? []).join('-');

/** Twice a value in the field of 32 elements (x⁵ + x² + 1). */
const twice = (value: number): number => (value & 16 ? ((value << 1) ^ 0b100101) & 31 : value << 1);

/** A character that tells slips: it changes with every single one of `characters` and with two that change places. */
export function checkOf(characters: string): string {
  let sum = 0;
  for (const character of characters) sum = twice(sum) ^ ALPHABET.indexOf(character);
  return ALPHABET.charAt(twice(sum));
}
