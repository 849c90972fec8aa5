const SHAPE = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{1,2})[.:](\d{2})$/;

/** How far a zone is ahead of UTC at a moment, ms. */
function offsetOf(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric'
  }).formatToParts(at);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute')) - Math.floor(at / 60_000) * 60_000;
}

/** The moment (ISO 8601, UTC) that clocks of a zone show as "2026-12-03 09.00"; undefined when there is no such date. */
export function instantOf(local: string, zone: string): string | undefined {
  const [, year = '', month = '', day = '', hour = '', minute = ''] = SHAPE.exec(local) ?? [];
  const wall = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute)));
  const isReal = wall.getUTCDate() === Number(day) && wall.getUTCHours() === Number(hour) && Number(minute) < 60;
  if (!year || !isReal) return undefined;
  const guess = wall.getTime() - offsetOf(zone, wall.getTime());
  // Where the clock changes between the two, the second look is right.
  return new Date(wall.getTime() - offsetOf(zone, guess)).toISOString();
}

/** What Indonesians call the zones of their clocks (Keppres 41/1987). */
const NAMES: Readonly<Record<string, string>> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Ujung_Pandang': 'WITA',
  'Asia/Jayapura': 'WIT'
};

/** Short name of a zone: WIB, WITA, WIT, elsewhere its distance from UTC. */
export function zoneName(zone: string, at: number): string {
  const known = NAMES[zone];
  if (known) return known;
  const minutes = offsetOf(zone, at) / 60_000;
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest ? `.${String(rest).padStart(2, '0')}` : ''}`;
}

/** Whether clocks of two zones show the same at a moment. */
export const showTheSame = (a: string, b: string, at: number): boolean => offsetOf(a, at) === offsetOf(b, at);
