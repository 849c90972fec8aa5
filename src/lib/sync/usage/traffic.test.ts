import { expect, test } from 'vitest';
import { addTraffic, dayOf, usageAt, type Usage } from './traffic';

const at = (text: string) => new Date(text).getTime();

test('a day begins at midnight where the device is', () => {
  expect([dayOf(at('2026-11-24T23:59:59.999')), dayOf(at('2026-11-25T00:00:00'))]).toEqual([
    '2026-11-24',
    '2026-11-25'
  ]);
});

test('today ends at midnight, the month with its last day; what is only bounded stays said', () => {
  let usage: Usage = {};
  usage = addTraffic(usage, '2026-10-31', { down: 1, up: 1, about: true });
  usage = addTraffic(usage, '2026-11-23', { down: 100, up: 10, about: true });
  usage = addTraffic(usage, '2026-11-24', { down: 20, up: 2 });
  usage = addTraffic(usage, '2026-11-24', { down: 5, up: 1 });
  expect(usageAt(usage, at('2026-11-24T12:00'))).toEqual({
    today: { down: 25, up: 3 },
    month: { down: 125, up: 13, about: true }
  });
  expect(usageAt(usage, at('2026-11-25T00:00')).today).toEqual({ down: 0, up: 0 });
  expect(usageAt(usage, at('2026-12-01T00:00')).month).toEqual({ down: 0, up: 0 });
});

test('two months are kept, and days of a wrong clock go before real ones', () => {
  let usage: Usage = addTraffic({}, '2028-12-01', { down: 9, up: 9 });
  for (let day = 0; day < 90; day += 1) {
    const name = dayOf(new Date(2026, 8, 1 + day).getTime());
    usage = addTraffic(usage, name, { down: 1, up: 1 });
  }
  expect(Object.keys(usage)).toHaveLength(62);
  expect(usage['2028-12-01']).toBeUndefined();
  expect(usageAt(usage, at('2026-11-29T12:00')).month).toEqual({ down: 29, up: 29 });
});
