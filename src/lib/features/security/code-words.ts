import { number } from '$lib/ui';
import { m } from '$lib/paraglide/messages';

const HOUR = 3_600;

/** How long, in words: minutes up to two hours, then hours. */
function span(seconds: number): string {
  const long = Math.abs(seconds);
  if (long < 2 * HOUR) return m.factor_minutes({ count: number(Math.max(1, Math.round(long / 60))) });
  return m.factor_hours({ count: number(long / HOUR, 1) });
}

/** That a code is of another time, and what to do. `seconds` is how much the clock of the codes is ahead. */
const clockWords = (seconds: number): string =>
  seconds > 0 ? m.factor_clock_ahead({ span: span(seconds) }) : m.factor_clock_behind({ span: span(seconds) });

/** Why a code was not accepted; undefined when it was something else. */
export function codeWords(code: string, clock = 0): string | undefined {
  if (code === 'clock-wrong') return clockWords(clock);
  if (code === 'ticket-over') return m.factor_over();
  return code === 'wrong-factor' ? m.factor_code_wrong() : undefined;
}
