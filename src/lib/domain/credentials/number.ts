import { ALPHABET, checkOf, inGroups, readTyped } from '../crockford.ts';

/**
 * The number of a certificate, `SA-2026-ABCDE-FGHJK`: the year of issue, nine characters (45 bits) of its credential's
 * random UUID, and one that tells slips of the pen.
 */
const LENGTH = 9;
const SHAPE = /^SA(\d{4})([0-9A-Z]{10})$/;

/** The code inside the number of a credential, from its random UUID (version 4: the first 48 bits are chance). */
export function codeOf(uuid: string): string {
  const bits = BigInt(`0x${uuid.replaceAll('-', '').slice(0, 12)}`) >> 3n;
  const characters = Array.from({ length: LENGTH }, (_, at) =>
    ALPHABET.charAt(Number((bits >> BigInt(5 * (LENGTH - 1 - at))) & 31n))
  ).join('');
  return characters + checkOf(characters);
}

/** The number of the credential with this random UUID, issued in this year. */
export const numberOf = (uuid: string, year: number): string => `SA-${year}-${inGroups(codeOf(uuid), 5)}`;

/** The number that somebody typed; undefined when it is none, or there is a slip in it. */
export function parseCertificateNumber(typed: string): { number: string; code: string } | undefined {
  const plain = typed.toUpperCase().replace(/[\s\-–—._]/g, '');
  const [, year, rest] = SHAPE.exec(plain) ?? [];
  if (year === undefined || rest === undefined) return undefined;
  const code = readTyped(rest);
  const isWhole = [...code].every((one) => ALPHABET.includes(one)) && checkOf(code.slice(0, LENGTH)) === code.at(-1);
  return isWhole ? { number: `SA-${year}-${inGroups(code, 5)}`, code } : undefined;
}
