import type { Bytes } from './layout.ts';

/** Base 45 (RFC 9285): the characters that a QR code holds most densely. */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

/** The characters of a value, the lowest first. */
const digitsOf = (value: number, count: number): string =>
  Array.from({ length: count }, (_, place) => ALPHABET.charAt(Math.floor(value / 45 ** place) % 45)).join('');

export function toBase45(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const [high = 0, low] = bytes.subarray(at, at + 2);
    text += low === undefined ? digitsOf(high, 2) : digitsOf(high * 256 + low, 3);
  }
  return text;
}

/** The reverse; undefined when the text is none. */
export function fromBase45(text: string): Bytes | undefined {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 3) {
    const digits = [...text.slice(at, at + 3)].map((character) => ALPHABET.indexOf(character));
    const value = digits.reduceRight((sum, digit) => sum * 45 + digit, 0);
    const isPair = digits.length === 3;
    if (digits.length === 1 || digits.includes(-1) || value > (isPair ? 0xffff : 0xff)) return undefined;
    bytes.push(...(isPair ? [value >> 8, value & 0xff] : [value]));
  }
  return Uint8Array.from(bytes);
}
