/** What is wrong with a new PIN or passphrase; each has words in both languages (`session_pin_<problem>`). */
export type PinProblem = 'too-short' | 'too-simple' | 'date';

const MIN_DIGITS = 6;
const MIN_PASSPHRASE = 8;
const COMMON = ['password', 'katasandi', 'kata sandi', 'qwerty', 'rahasia', 'indonesia', 'smartasn', 'bismillah'];

const isRun = (digits: string): boolean => {
  const steps = new Set([...digits].slice(1).map((digit, i) => (Number(digit) - Number(digits[i]) + 10) % 10));
  return steps.size === 1 && [0, 1, 9].includes([...steps][0] ?? 0);
};

const isRepeated = (value: string): boolean =>
  [1, 2, 3, 4].some(
    (n) => value.length >= 2 * n && value === value.slice(0, n).repeat(value.length).slice(0, value.length)
  );

const isDay = (day: string, month: string): boolean =>
  Number(day) >= 1 && Number(day) <= 31 && Number(month) >= 1 && Number(month) <= 12;

/** Days of birth, as people write them and as a NIP begins with them: ddmmyy, yymmdd, ddmmyyyy, yyyymmdd. */
function isDate(digits: string): boolean {
  const at = (from: number): string => digits.slice(from, from + 2);
  if (digits.length === 6) return isDay(at(0), at(2)) || isDay(at(4), at(2));
  if (digits.length !== 8) return false;
  const century = (year: string): boolean => year === '19' || year === '20';
  return (century(at(4)) && isDay(at(0), at(2))) || (century(at(0)) && isDay(at(6), at(4)));
}

/** What a derivation and a comparison work on: the same characters, however the keyboard composed them. */
export const normalisePin = (pin: string): string => pin.normalize('NFKC').trim();

/** Why a PIN (at least 6 digits) or passphrase (at least 8 characters) must not be chosen; undefined when it may. */
export function pinProblem(pin: string): PinProblem | undefined {
  const value = normalisePin(pin);
  if (/^\d+$/.test(value)) {
    if (value.length < MIN_DIGITS) return 'too-short';
    if (isRun(value) || isRepeated(value) || new Set(value).size < 3) return 'too-simple';
    return isDate(value) ? 'date' : undefined;
  }
  if ([...value].length < MIN_PASSPHRASE) return 'too-short';
  const plain = value.toLowerCase();
  const bare = COMMON.reduce((rest, word) => rest.replaceAll(word, ''), plain).replace(/[\d\W_]+/g, '');
  return new Set(plain).size < 4 || isRepeated(plain) || bare === '' ? 'too-simple' : undefined;
}
