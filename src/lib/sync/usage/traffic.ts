/** Bytes that travelled. `about`: a part of them could only be bounded from above. */
export interface Traffic {
  down: number;
  up: number;
  about?: boolean;
}

/** Traffic by day, `YYYY-MM-DD` in the zone of the device. */
export type Usage = Record<string, Traffic>;

/** Days that are kept: this month and the one before, whichever way the clock was set. */
const KEPT = 62;

const two = (value: number): string => String(value).padStart(2, '0');

/** The day of a moment where the device is. */
export function dayOf(time: number): string {
  const at = new Date(time);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

const sum = (a: Traffic, b: Traffic): Traffic => ({
  down: a.down + b.down,
  up: a.up + b.up,
  ...((a.about || b.about) && { about: true })
});

const NOTHING: Traffic = { down: 0, up: 0 };

/** The usage with more traffic on a day. A clock that was set wrong for a while does not push real days out. */
export function addTraffic(usage: Usage, day: string, more: Traffic): Usage {
  const days = { ...usage, [day]: sum(usage[day] ?? NOTHING, more) };
  const distance = (other: string): number => Math.abs(Date.parse(other) - Date.parse(day));
  const near = Object.entries(days).sort(([a], [b]) => distance(a) - distance(b));
  return Object.fromEntries(near.slice(0, KEPT));
}

/** What travelled on the day and in the month of a moment. */
export function usageAt(usage: Usage, time: number): { today: Traffic; month: Traffic } {
  const today = dayOf(time);
  const days = Object.entries(usage).filter(([day]) => day.slice(0, 7) === today.slice(0, 7));
  return { today: usage[today] ?? NOTHING, month: days.map(([, traffic]) => traffic).reduce(sum, NOTHING) };
}
