import { number } from '$lib/ui';
import { getLocale } from '$lib/paraglide/runtime';
import { m } from '$lib/paraglide/messages';

/** "3 jam 20 menit", "45 menit", "kurang dari semenit". */
export function duration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return m.record_less_than_minute();
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return m.record_minutes({ minutes: number(rest) });
  return rest === 0
    ? m.record_hours({ hours: number(hours) })
    : m.record_hours_minutes({ hours: number(hours), minutes: number(rest) });
}

/** The name of a month of a year, short or as one letter. */
export const monthName = (year: number, month: number, style: 'short' | 'narrow' | 'long' = 'short'): string =>
  new Intl.DateTimeFormat(getLocale() === 'id' ? 'id-ID' : 'en-GB', { month: style, timeZone: 'UTC' }).format(
    Date.UTC(year, month, 1)
  );
