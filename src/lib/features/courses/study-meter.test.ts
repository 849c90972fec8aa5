import { expect, test } from 'vitest';
import { createMeter, IDLE } from './study-meter';

test('time counts while somebody does something, and two minutes longer', () => {
  const meter = createMeter(true, 0);
  meter.touch(60_000);
  expect(meter.take(100_000)).toBe(100);
  expect(meter.take(60_000 + IDLE + 500_000)).toBe((60_000 + IDLE - 100_000) / 1000);
  expect(meter.take(2_000_000)).toBe(0);
  meter.touch(2_000_000);
  expect(meter.take(2_001_500)).toBe(1);
  expect(meter.take(2_002_500)).toBe(1);
});

test('a page that nobody sees does not count, whatever is touched', () => {
  const meter = createMeter(true, 0);
  meter.see(false, 10_000);
  meter.touch(20_000);
  expect(meter.take(30_000)).toBe(10);
  meter.see(true, 40_000);
  expect(meter.take(45_000)).toBe(5);
});

test('a clock that jumps ahead while the device sleeps brings two minutes at most, and one that goes back nothing', () => {
  const meter = createMeter(true, 0);
  expect(meter.take(86_400_000)).toBe(IDLE / 1000);
  meter.touch(86_400_000);
  expect(meter.take(0)).toBe(0);
});
