import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantOf, showTheSame, zoneName } from './local-time.ts';

test.each([
  ['2026-12-03 09.00', 'Asia/Jakarta', '2026-12-03T02:00:00.000Z'],
  ['2026-12-03T09:00', 'Asia/Makassar', '2026-12-03T01:00:00.000Z'],
  ['2026-12-03 9.00', 'Asia/Jayapura', '2026-12-03T00:00:00.000Z'],
  ['2027-01-01 01.30', 'Asia/Jayapura', '2026-12-31T16:30:00.000Z'],
  ['2026-03-29 03.30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
  ['2026-07-01 12.00', 'Europe/Berlin', '2026-07-01T10:00:00.000Z']
])('%s in %s is %s', (local, zone, at) => expect(instantOf(local, zone)).toBe(at));

test.each(['2026-02-30 09.00', '2026-12-03 25.00', '2026-12-03 09.61', 'besok', ''])('%s is no time', (local) =>
  expect(instantOf(local, 'Asia/Jakarta')).toBeUndefined()
);

const at = Date.parse('2026-12-03T02:00:00Z');

test.each([
  ['Asia/Jakarta', 'WIB'],
  ['Asia/Pontianak', 'WIB'],
  ['Asia/Makassar', 'WITA'],
  ['Asia/Jayapura', 'WIT'],
  ['Asia/Tokyo', 'UTC+9'],
  ['Asia/Kolkata', 'UTC+5.30'],
  ['America/New_York', 'UTC−5']
])('%s is called %s', (zone, name) => expect(zoneName(zone, at)).toBe(name));

test('two zones may show the same', () => {
  expect(showTheSame('Asia/Jayapura', 'Asia/Tokyo', at)).toBe(true);
  expect(showTheSame('Asia/Jakarta', 'Asia/Jayapura', at)).toBe(false);
});

test('every minute of Indonesian clocks is one moment, and comes back as it was written', () => {
  const zones = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'] as const;
  const minute = fc.integer({ min: Date.UTC(2000, 0, 1) / 60_000, max: Date.UTC(2060, 0, 1) / 60_000 });
  fc.assert(
    fc.property(minute, fc.constantFrom(...zones), (minutes, zone) => {
      const wall = new Date(minutes * 60_000).toISOString().slice(0, 16);
      const moment = instantOf(wall, zone) ?? '';
      const shown = new Date(moment).toLocaleString('sv-SE', { timeZone: zone }).slice(0, 16).replace(' ', 'T');
      expect(shown).toBe(wall);
    }),
    { numRuns: 300 }
  );
});
