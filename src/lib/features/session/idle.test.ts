import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { STUDYING, watchIdle } from './idle';

const MINUTE = 60_000;

describe('the idle lock', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const watched = () => {
    const target = new EventTarget();
    const lock = vi.fn();
    const end = watchIdle(lock, { target: target as unknown as Document, seconds: 300 });
    return { target, lock, end };
  };

  test('comes after five minutes without a sign, once', () => {
    const { lock } = watched();
    vi.advanceTimersByTime(4 * MINUTE);
    expect(lock).not.toHaveBeenCalled();
    vi.advanceTimersByTime(20 * MINUTE);
    expect(lock).toHaveBeenCalledTimes(1);
  });

  test('waits while the person gives signs', () => {
    const { target, lock } = watched();
    for (let minute = 0; minute < 20; minute += 1) {
      vi.advanceTimersByTime(MINUTE);
      target.dispatchEvent(new Event('scroll'));
    }
    expect(lock).not.toHaveBeenCalled();
  });

  test('waits while a recording is heard, for an hour without a touch', () => {
    const { target, lock } = watched();
    const listen = (minutes: number) => {
      for (let minute = 0; minute < minutes; minute += 1) {
        vi.advanceTimersByTime(MINUTE);
        target.dispatchEvent(new Event(STUDYING));
      }
    };
    listen(50);
    target.dispatchEvent(new Event('pointerdown'));
    listen(60);
    expect(lock).not.toHaveBeenCalled();
    listen(6);
    expect(lock).toHaveBeenCalledTimes(1);
  });

  test('comes before the first touch after a sleep in which no timer ran', () => {
    const { target, lock } = watched();
    vi.setSystemTime(Date.now() + 60 * MINUTE);
    target.dispatchEvent(new Event('pointerdown'));
    expect(lock).toHaveBeenCalledTimes(1);
  });

  test('comes as well when the clock was set back while nobody was there', () => {
    const { lock } = watched();
    vi.setSystemTime(Date.now() - 730 * 24 * 60 * MINUTE);
    vi.advanceTimersByTime(4 * MINUTE);
    expect(lock).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2 * MINUTE);
    expect(lock).toHaveBeenCalledTimes(1);
  });

  test('is at most a quarter late where the time is short', () => {
    const lock = vi.fn();
    watchIdle(lock, { target: new EventTarget() as unknown as Document, seconds: 8 });
    vi.advanceTimersByTime(7_999);
    expect(lock).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2_001);
    expect(lock).toHaveBeenCalledTimes(1);
  });

  test('ends when asked', () => {
    const { lock, end } = watched();
    end();
    vi.advanceTimersByTime(60 * MINUTE);
    expect(lock).not.toHaveBeenCalled();
  });
});
