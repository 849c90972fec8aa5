import type { PinProblem } from '$lib/vault/pin';
import { m } from '$lib/paraglide/messages';

const PROBLEMS: Record<PinProblem, () => string> = {
  'too-short': m.session_pin_too_short,
  'too-simple': m.session_pin_too_simple,
  date: m.session_pin_date
};

/** What is wrong with a PIN, in words. */
export const problemWords = (problem: PinProblem): string => PROBLEMS[problem]();

/** How well an allowed PIN or passphrase protects: by the number of tries that guessing takes. */
export function strengthWords(pin: string): string {
  const letters = /\D/.test(pin);
  if (letters && pin.length >= 14) return m.session_pin_very_strong();
  if (letters || pin.length >= 8) return m.session_pin_strong();
  return m.session_pin_good();
}

/** "45 detik", "5 menit": how long until the next try. */
export function waitWords(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 90) return m.session_seconds({ count: seconds });
  if (seconds < 5400) return m.session_minutes({ count: Math.ceil(seconds / 60) });
  return m.session_hours({ count: Math.ceil(seconds / 3600) });
}
