import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimateJp, jpByMonth, jpPeriod, jpRule, jpYear, MINUTES_PER_JP, type JpEntry } from './jp.ts';

const rule = (status: string) => {
  const found = jpRule(status, '2026-11-25');
  if (!found) throw new Error(status);
  return found;
};

describe('the rule follows the status of the record', () => {
  test.each([
    ['PNS', 'at-least', 20, 'calendar-year'],
    ['CPNS', 'at-least', 20, 'calendar-year'],
    ['PPPK', 'at-most', 24, 'contract-year'],
    ['PPPK_PW', 'at-most', 24, 'contract-year']
  ])('%s', (status, bound, hours, per) => expect(rule(status)).toMatchObject({ bound, hours, per }));

  test('what nobody wrote into the record has none, and no rule counts before it was in force', () => {
    expect(jpRule(undefined, '2026-01-01')).toBeUndefined();
    expect(jpRule('Honorer', '2026-01-01')).toBeUndefined();
    expect(jpRule('PNS', '2017-04-06')).toBeUndefined();
    expect(jpRule('PNS', '2017-04-07')?.citation).toBe('PP 11/2017 Pasal 203 ayat (4)');
  });

  test('a JP is 45 minutes', () => expect(MINUTES_PER_JP).toBe(45));
});

describe('what is missing, and how fast it would have to come (domain.md §4.7)', () => {
  const at = (day: string, hours: number): JpEntry => ({ day, hours });
  const year2026 = jpPeriod(rule('PNS'), 2026);

  test.each([
    ['nothing yet in January', [], '2026-01-01', 0, 20, 12, 20 / 12],
    ['half a year, 8 JP', [at('2026-02-03', 3), at('2026-05-30', 5)], '2026-07-01', 8, 12, 6, 2],
    ['November, 14 JP', [at('2026-03-01', 14)], '2026-11-25', 14, 6, 2, 3],
    ['reached', [at('2026-03-01', 20)], '2026-11-25', 20, 0, 2, undefined],
    ['more than asked', [at('2026-03-01', 31.5)], '2026-11-25', 31.5, 0, 2, undefined],
    ['last year does not count', [at('2025-12-31', 20)], '2026-12-31', 0, 20, 1, 20],
    ['the year is over', [at('2026-01-01', 4)], '2027-01-01', 4, 16, 0, undefined]
  ])('%s', (_, entries, today, earned, gap, monthsLeft, pace) =>
    expect(estimateJp(rule('PNS'), entries, year2026, today)).toEqual({
      period: { from: '2026-01-01', until: '2027-01-01' },
      earned,
      gap,
      monthsLeft,
      pace
    })
  );

  test('a contract year begins on the day of the appointment, and a limit asks for no pace', () => {
    const pppk = rule('PPPK');
    const period = jpPeriod(pppk, 2026, '2023-06-01');
    expect(period).toEqual({ from: '2026-06-01', until: '2027-06-01' });
    expect(jpYear(pppk, '2026-05-31', '2023-06-01')).toBe(2025);
    expect(jpYear(pppk, '2026-06-01', '2023-06-01')).toBe(2026);
    const entries = [at('2026-05-31', 9), at('2026-06-01', 10), at('2027-05-31', 2)];
    expect(estimateJp(pppk, entries, period, '2026-11-25')).toMatchObject({ earned: 12, gap: 12, pace: undefined });
    expect(jpPeriod(pppk, 2026)).toEqual({ from: '2026-01-01', until: '2027-01-01' });
    expect(jpPeriod(pppk, 2026, '2024-02-29').from).toBe('2026-02-28');
  });

  test('months add up to the year and never fall', () => {
    const day = fc
      .integer({ min: 0, max: 364 })
      .map((days) => new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10));
    const entries = fc.array(fc.record({ day, hours: fc.integer({ min: 0, max: 40 }) }), { maxLength: 30 });
    fc.assert(
      fc.property(entries, (all) => {
        const months = jpByMonth(all, year2026);
        expect(months).toHaveLength(12);
        expect([...months].sort((a, b) => a - b)).toEqual(months);
        expect(months.at(-1)).toBe(estimateJp(rule('PNS'), all, year2026, '2026-12-31').earned);
      })
    );
  });
});
