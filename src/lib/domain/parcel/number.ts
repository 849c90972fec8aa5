import { ALPHABET, checkOf, inGroups, randomText, readTyped } from '../crockford.ts';

/**
 * The number of a parcel, with which its author asks whether it has arrived: 17 random characters of Crockford's base 32
 * (85 bits; no I, L, O, U) and one check character, in groups of three so that it can be read out and typed.
 */
const RANDOM_LENGTH = 17;
const GROUP = 3;

/** So many characters tell its author's parcels apart and leave enough unsaid. */
export const NUMBER_START = 2 * GROUP;

/** A new number, without groups. */
export function newNumber(random = crypto.getRandomValues(new Uint8Array(RANDOM_LENGTH))): string {
  const characters = randomText(RANDOM_LENGTH, random);
  return characters + checkOf(characters);
}

/** A number as people read it: `ABC-DEF-…`. */
export const formatNumber = (number: string): string => inGroups(number, GROUP);

/** The beginning of a number as people read it: `ABC-DEF-…`. */
export const formatStart = (start: string): string => `${formatNumber(start)}-…`;

/** The name of the file that carries news to the author of the parcel whose number begins so. */
export const replyName = (start: string): string => `smartasn-kabar-${formatNumber(start)}.paket`;

/** The number that somebody typed, with or without groups; undefined when there is a slip in it. */
export function parseNumber(typed: string): string | undefined {
  const number = readTyped(typed);
  const isWhole = number.length === RANDOM_LENGTH + 1 && [...number].every((one) => ALPHABET.includes(one));
  return isWhole && checkOf(number.slice(0, -1)) === number.at(-1) ? number : undefined;
}
