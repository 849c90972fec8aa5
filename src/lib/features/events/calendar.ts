import { createEvent, type DateArray, type EventAttributes } from 'ics';
import type { LearningEvent } from '$lib/domain/documents/event';
import { suffixOf } from '$lib/domain/ids';

/** A moment as its UTC date and clock. */
function utc(time: string): DateArray {
  const at = new Date(time);
  return [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate(), at.getUTCHours(), at.getUTCMinutes()];
}

const entryOf = (event: LearningEvent): EventAttributes => ({
  uid: event._id,
  title: event.title,
  description: [event.summary, event.organiser, event.online].filter(Boolean).join('\n\n'),
  start: utc(event.startsAt),
  startInputType: 'utc',
  startOutputType: 'utc',
  end: utc(event.endsAt),
  endInputType: 'utc',
  endOutputType: 'utc',
  location: event.place ?? event.online,
  ...(event.online && { url: event.online }),
  status: event.cancelled ? 'CANCELLED' : 'CONFIRMED',
  // A calendar that has the event already takes the newer of the two.
  sequence: event.cancelled ? 1 : 0,
  created: utc(event.publishedAt),
  lastModified: utc(event.cancelled ?? event.publishedAt),
  productId: 'smartasn',
  calName: event.title
});

/** An event as a file that calendars take (RFC 5545). Made on the device, so it needs no signal. */
export function calendarFile(event: LearningEvent): File {
  const { error, value } = createEvent(entryOf(event));
  if (error || !value) throw error ?? new Error('The calendar file is empty.');
  return new File([value], `acara-${suffixOf(event._id).slice(0, 8)}.ics`, { type: 'text/calendar' });
}
