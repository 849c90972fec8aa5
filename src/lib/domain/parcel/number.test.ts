import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatNumber, newNumber, parseNumber } from './number';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

test('a number is read again however it was written down', () => {
  const number = newNumber();
  const shown = formatNumber(number);
  expect(shown).toMatch(/^(?:[0-9A-Z]{3}-){5}[0-9A-Z]{3}$/);
  for (const typed of [number, shown, shown.toLowerCase(), ` ${shown.replaceAll('-', ' ')} `])
    expect(parseNumber(typed)).toBe(number);
  expect(parseNumber(number.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(number);
});

test('one wrong character, or two that changed places, are found', () => {
  const place = fc.nat(17);
  fc.assert(
    fc.property(place, place, fc.nat(31), (a, b, other) => {
      const number = newNumber();
      const characters = [...number];
      const [x = '', y = ''] = [characters[a], characters[b]];
      const wrong = characters.with(a, ALPHABET.charAt(other)).join('');
      if (wrong !== number) expect(parseNumber(wrong)).toBeUndefined();
      const swapped = characters.with(a, y).with(b, x).join('');
      if (swapped !== number) expect(parseNumber(swapped)).toBeUndefined();
    })
  );
});

test.each(['', 'ABC', `${newNumber()}0`, 'Ü'.repeat(18)])('%j is no number', (typed) => {
  expect(parseNumber(typed)).toBeUndefined();
});
