import { IDLE } from './device';

const SIGNS = ['pointerdown', 'keydown', 'wheel', 'touchmove', 'scroll'] as const;
const STEP = 15_000;

/** What a recording that is being heard says on the document: nobody touches the screen meanwhile. */
export const STUDYING = 'smartasn-studying';
/** It counts for so many times the idle time: somebody may have fallen asleep, or have gone. */
const LISTENING = 12;

interface Parts {
  now?: () => number;
  target?: Pick<Document, 'addEventListener' | 'removeEventListener'>;
  seconds?: number;
}

/**
 * Calls `lock` once when the person has given no sign for so long. Time is compared and not counted: a device that
 * slept locks at once when it wakes. Returns the way to end the watch.
 */
export function watchIdle(lock: () => void, { now = Date.now, target = document, seconds = IDLE }: Parts = {}) {
  let last = now();
  let touched = last;
  const check = (): boolean => {
    const away = now() - last;
    // The clock was set back: counted from here on, she is not left open until it is as late again.
    if (away < 0) last = now();
    if (away < seconds * 1_000) return false;
    end();
    lock();
    return true;
  };
  const sign = () => {
    if (!check()) last = touched = now();
  };
  const studying = () => {
    if (!check() && now() - touched < seconds * LISTENING * 1_000) last = now();
  };
  const timer = setInterval(check, Math.min(STEP, seconds * 250));
  SIGNS.forEach((name) => target.addEventListener(name, sign, { capture: true, passive: true }));
  target.addEventListener(STUDYING, studying);
  target.addEventListener('visibilitychange', check);
  function end(): void {
    clearInterval(timer);
    SIGNS.forEach((name) => target.removeEventListener(name, sign, { capture: true }));
    target.removeEventListener(STUDYING, studying);
    target.removeEventListener('visibilitychange', check);
  }
  return end;
}
