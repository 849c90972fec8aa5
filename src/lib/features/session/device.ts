const KEY = 'smartasn-idle';

/** Seconds without a sign of the person, in sight or hidden, after which her place is locked. */
export const IDLE = 300;
/** The same where strangers stand in line. */
export const KIOSK_IDLE = 60;

/** The idle time of this device, seconds; it says nothing about a person. */
export function idleSeconds(): number {
  const kept = Number(localStorage.getItem(KEY));
  return kept > 0 ? kept : IDLE;
}

/** Sets the idle time of this device from the next unlocking on. */
export const setIdleSeconds = (seconds: number): void => localStorage.setItem(KEY, String(seconds));
