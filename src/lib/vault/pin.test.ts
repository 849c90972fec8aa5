import { expect, test } from 'vitest';
import { pinProblem } from './pin';

test.each(['12345', '1', '', 'abc123', 'rahasia'])('%s is too short', (pin) => {
  expect(pinProblem(pin)).toBe('too-short');
});

test.each([
  '123456',
  '654321',
  '890123',
  '000000',
  '121212',
  '123123',
  '112211',
  'password',
  'Rahasia123',
  'aaaaaaaa',
  'abcabcabc',
  'smartasn2026'
])('%s is too simple', (pin) => {
  expect(pinProblem(pin)).toBe('too-simple');
});

test.each(['170845', '280577', '850312', '17081945', '19850312'])('%s is a date', (pin) => {
  expect(pinProblem(pin)).toBe('date');
});

test.each(['739164', '905713', '48205917', 'kopi wamena pagi', 'nasi-goreng 3x'])('%s may be chosen', (pin) => {
  expect(pinProblem(pin)).toBeUndefined();
});
