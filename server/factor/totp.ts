import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';

/** Length of a time step, ms (RFC 6238 section 4.1). */
export const STEP_MS = 30_000;
const DIGITS = 6;
/** Steps around the present one that count: a code is typed slowly, and clocks are some seconds apart. */
const WINDOW = 1;
/** A clock that is wrong by as much as this is recognised, steps: a day. */
const FAR = 2_880;

/** RFC 4226 section 5.3, with HMAC-SHA-1 as all authenticator apps have it. */
function numberAt(key: KeyObject, step: number): number {
  const counter = new Uint8Array(8);
  new DataView(counter.buffer).setBigUint64(0, BigInt(step));
  const mac = new Uint8Array(createHmac('sha1', key).update(counter).digest());
  const truncated = new DataView(mac.buffer).getUint32((mac.at(-1) ?? 0) & 15) & 0x7fffffff;
  return truncated % 10 ** DIGITS;
}

/** The code of one step. */
export const codeAt = (secret: Uint8Array, step: number): string =>
  String(numberAt(createSecretKey(secret), step)).padStart(DIGITS, '0');

export const stepAt = (time: number): number => Math.floor(time / STEP_MS);

/** The step near `time` (ms) that a code of six digits is of. */
export function stepOf(secret: Uint8Array, code: string, time: number): number | undefined {
  const [key, now] = [createSecretKey(secret), stepAt(time)];
  const steps = Array.from({ length: 2 * WINDOW + 1 }, (_, index) => now - WINDOW + index);
  return steps.filter((step) => numberAt(key, step) === Number(code)).at(-1);
}

/**
 * The step farther away that a code is of, nearest first: the clock of the app is wrong then. The gateway stands still
 * meanwhile; with a key that is read once that is a fifth of the time.
 */
export function farStepOf(secret: Uint8Array, code: string, time: number): number | undefined {
  const [key, now] = [createSecretKey(secret), stepAt(time)];
  for (let away = WINDOW + 1; away <= FAR; away += 1) {
    const step = [now + away, now - away].find((one) => numberAt(key, one) === Number(code));
    if (step !== undefined) return step;
  }
  return undefined;
}

/** RFC 4648 base 32 without padding, as authenticator apps take a secret. */
export function base32(secret: Uint8Array): string {
  const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = Array.from(secret, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET.charAt(parseInt(five.padEnd(5, '0'), 2))).join('');
}
