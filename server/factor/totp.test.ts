import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HOTP, Secret } from 'otpauth';
import { base32, codeAt, farStepOf, stepAt, stepOf } from './totp.ts';

const SECRET = new TextEncoder().encode('12345678901234567890');

test.each([
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130']
])('RFC 6238 appendix B: at %i s the code ends with %s', (seconds, code) => {
  expect(codeAt(SECRET, stepAt(seconds * 1000))).toBe(code);
});

test('RFC 4226 appendix D', () => {
  const codes = ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489'];
  expect(codes.map((_, step) => codeAt(SECRET, step))).toEqual(codes);
});

test('another implementation agrees on every secret and step, and on how a secret is written', () => {
  const secrets = fc.uint8Array({ minLength: 20, maxLength: 20 });
  fc.assert(
    fc.property(secrets, fc.integer({ min: 0, max: 2 ** 40 }), (bytes, step) => {
      const secret = Secret.fromBase32(base32(bytes));
      expect(codeAt(bytes, step)).toBe(HOTP.generate({ secret, counter: step }));
    })
  );
});

test('a code counts one step early and late, and is recognised a day away', () => {
  const now = 1_800_000_000_000;
  const codeIn = (steps: number): string => codeAt(SECRET, stepAt(now) + steps);
  for (const steps of [-1, 0, 1]) expect(stepOf(SECRET, codeIn(steps), now)).toBe(stepAt(now) + steps);
  for (const steps of [-2, 2, -2880, 2880]) {
    expect(stepOf(SECRET, codeIn(steps), now)).toBeUndefined();
    expect(farStepOf(SECRET, codeIn(steps), now)).toBe(stepAt(now) + steps);
  }
  expect(farStepOf(SECRET, codeIn(2_900), now)).toBeUndefined();
});
