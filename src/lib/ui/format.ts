import { m } from '$lib/paraglide/messages';
import { getLocale } from '$lib/paraglide/runtime';
import { now } from './clock.svelte';

/** Times, numbers and sizes as people say them, in the language on the screen and the zone of the device. */

const DAY = 86_400_000;
const TAG = { id: 'id-ID', en: 'en-GB' } as const;
const made = new Map<string, Intl.DateTimeFormat>();

const formatter = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = getLocale() + JSON.stringify(options);
  const known = made.get(key) ?? new Intl.DateTimeFormat(TAG[getLocale()], options);
  made.set(key, known);
  return known;
};

const midnight = (time: number): number => new Date(time).setHours(0, 0, 0, 0);

/** "16.20" in Indonesian, "16:20" in English. */
export const clockTime = (time: number | string): string =>
  formatter({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(time));

/** "12 Mar 2026". */
export const date = (time: number | string): string =>
  formatter({ day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(time));

/** "16.20" today, "kemarin 16.20", "12 Mar 16.20" this year, "12 Mar 2025" before. */
export function when(time: number | string): string {
  const at = new Date(time).getTime();
  const today = midnight(now());
  const days = Math.round((today - midnight(at)) / DAY);
  if (days === 0) return clockTime(at);
  if (days === 1) return m.ui_yesterday({ time: clockTime(at) });
  if (new Date(at).getFullYear() !== new Date(today).getFullYear()) return date(at);
  return `${formatter({ day: 'numeric', month: 'short' }).format(at)} ${clockTime(at)}`;
}

/** "baru saja", "5 menit lalu", "3 jam lalu" on the same day; otherwise as `when`. */
export function ago(time: number | string): string {
  const at = new Date(time).getTime();
  const minutes = Math.floor((now() - at) / 60_000);
  if (minutes < 1) return m.ui_just_now();
  if (minutes < 60) return m.ui_minutes_ago({ count: minutes });
  if (minutes < 720) return m.ui_hours_ago({ count: Math.floor(minutes / 60) });
  return when(at);
}

/** "1.234,5" in Indonesian. */
export const number = (value: number, digits = 0): string =>
  new Intl.NumberFormat(TAG[getLocale()], { maximumFractionDigits: digits }).format(value);

/** "512 KB", "3,4 MB"; powers of 1000 as stores and phones count them. */
export function size(bytes: number): string {
  if (bytes < 1_000) return `${number(bytes)} B`;
  if (bytes < 1_000_000) return `${number(bytes / 1_000)} KB`;
  if (bytes < 1_000_000_000) return `${number(bytes / 1_000_000, 1)} MB`;
  return `${number(bytes / 1_000_000_000, 1)} GB`;
}
