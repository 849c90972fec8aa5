import type { LearningEvent } from '$lib/domain/documents/event';
import { showTheSame, zoneName } from '$lib/domain/text/local-time';
import { m } from '$lib/paraglide/messages';
import { getLocale } from '$lib/paraglide/runtime';

export type EventState = 'ahead' | 'now' | 'over' | 'cancelled';

type Times = Pick<LearningEvent, 'startsAt' | 'endsAt' | 'cancelled'>;

/** How an event stands to a moment, ms since 1970. */
export function stateOf({ startsAt, endsAt, cancelled }: Times, now: number): EventState {
  if (now >= Date.parse(endsAt)) return 'over';
  if (cancelled) return 'cancelled';
  return now < Date.parse(startsAt) ? 'ahead' : 'now';
}

/** Events that are not over, the next one first; cancelled ones too, so that nobody goes there. */
export const upcoming = (events: readonly LearningEvent[], now: number): LearningEvent[] =>
  events.filter((event) => now < Date.parse(event.endsAt)).toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1));

/** Events that are over, the last one first. */
export const past = (events: readonly LearningEvent[], now: number): LearningEvent[] =>
  events.filter((event) => now >= Date.parse(event.endsAt)).toSorted((a, b) => (a.startsAt < b.startsAt ? 1 : -1));

const TAG = { id: 'id-ID', en: 'en-GB' } as const;

export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

const words = (at: number, timeZone: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(TAG[getLocale()], { timeZone, ...options }).format(at);

const dayWords = (at: number, zone: string): string =>
  words(at, zone, { weekday: 'long', day: 'numeric', month: 'short', year: 'numeric' });

const clockWords = (at: number, zone: string): string =>
  words(at, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

const isSameDay = (a: number, b: number, zone: string): boolean => {
  const day = (at: number): string => words(at, zone, { dateStyle: 'short' });
  return day(a) === day(b);
};

/** When an event takes place, as clocks of a zone show it, with the name of the zone. */
export function spanWords({ startsAt, endsAt }: Times, zone: string): string {
  const [start, end] = [Date.parse(startsAt), Date.parse(endsAt)];
  const name = zoneName(zone, start);
  const from = `${dayWords(start, zone)}, ${clockWords(start, zone)}`;
  if (isSameDay(start, end, zone)) return m.event_span({ from, to: clockWords(end, zone), zone: name });
  return m.event_days({ from, to: `${dayWords(end, zone)}, ${clockWords(end, zone)}`, zone: name });
}

/** The same on the clocks of the place; undefined where they show what the person's own do. */
export function placeWords(event: Times & Pick<LearningEvent, 'zone'>, own: string): string | undefined {
  if (showTheSame(own, event.zone, Date.parse(event.startsAt))) return undefined;
  return m.event_at_place({ time: spanWords(event, event.zone) });
}

/** Day and month for the leaf of a calendar, in the person's own zone. */
export const leafWords = (event: Times, zone: string): { day: string; month: string } => {
  const at = Date.parse(event.startsAt);
  return { day: words(at, zone, { day: 'numeric' }), month: words(at, zone, { month: 'short' }) };
};
