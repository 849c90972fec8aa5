import { expect, test } from 'vitest';
import { SleepTimer } from './sleep-timer';

test('what was listened to counts, and the timer is off when it has gone', () => {
  const timer = new SleepTimer();
  timer.set(5);
  expect([timer.passes(200), timer.left]).toEqual([false, 100]);
  expect(timer.passes(99)).toBe(false);
  expect(timer.passes(1)).toBe(true);
  expect([timer.chosen, timer.left, timer.passes(1_000)]).toEqual([null, undefined, false]);
});

test('the end of a chapter stops once', () => {
  const timer = new SleepTimer();
  timer.set('chapter');
  expect(timer.passes(10_000)).toBe(false);
  expect([timer.endsHere(), timer.endsHere()]).toEqual([true, false]);
});

test('another choice replaces the one before', () => {
  const timer = new SleepTimer();
  timer.set(5);
  timer.set('chapter');
  expect(timer.passes(10_000)).toBe(false);
  timer.set(null);
  expect(timer.endsHere()).toBe(false);
});
