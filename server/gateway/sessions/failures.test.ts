import { expect, test } from 'vitest';
import type { AuditEvent } from '../../audit/index.ts';
import { makeFailures } from './failures.ts';

const HOUR = 3_600_000;

function counting() {
  const kept: AuditEvent[] = [];
  let now = 0;
  let isBroken = false;
  const record = async (event: AuditEvent): Promise<void> => {
    if (isBroken) throw new Error('no database');
    kept.push(event);
  };
  const failures = makeFailures({ record }, () => now);
  const tells = (): unknown[] => kept.map(({ about, count }) => [about?.[0], count]);
  return { failures, tells, pass: (ms: number) => (now += ms), breakDown: (on: boolean) => (isBroken = on) };
}

test('however often somebody guesses, an account has one entry in an hour', async () => {
  const { failures, tells, pass } = counting();
  for (let minute = 0; minute < 60; minute += 1) {
    for (let tries = 0; tries < 50; tries += 1) failures.failed('siti');
    await failures.sweep();
    pass(60_000);
  }
  expect(tells()).toEqual([]);
  await failures.sweep();
  await failures.sweep();
  expect(tells()).toEqual([['siti', 3_000]]);
  failures.failed('siti');
  pass(HOUR);
  await failures.sweep();
  expect(tells()).toEqual([
    ['siti', 3_000],
    ['siti', 1]
  ]);
});

test('who comes in finds what was tried before, and a server that stops tells everything', async () => {
  const { failures, tells } = counting();
  failures.failed('siti');
  failures.failed('budi');
  await failures.cameIn('siti');
  await failures.cameIn('siti');
  expect(tells()).toEqual([['siti', 1]]);
  await failures.sweep(true);
  expect(tells()).toContainEqual(['budi', 1]);
});

test('what could not be written is written later, with what has come since', async () => {
  const { failures, tells, breakDown } = counting();
  failures.failed('siti');
  breakDown(true);
  await expect(failures.cameIn('siti')).rejects.toThrow('no database');
  failures.failed('siti');
  breakDown(false);
  await failures.cameIn('siti');
  expect(tells()).toEqual([['siti', 2]]);
});
