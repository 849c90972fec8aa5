import { beforeEach, describe, expect, test } from 'vitest';
import type { LearningEvent } from '$lib/domain/documents/event';
import { overwriteGetLocale } from '$lib/paraglide/runtime';
import { calendarFile } from './calendar';
import { past, placeWords, spanWords, stateOf, upcoming } from './time';

beforeEach(() => overwriteGetLocale(() => 'id'));

const event: LearningEvent = {
  _id: 'event:0190c0de-0000-7000-8000-000000000001',
  type: 'event',
  schema: 1,
  createdAt: '2026-11-20T00:00:00.000Z',
  zone: 'Asia/Jakarta',
  title: 'Klinik SKP; bawa rancangan, ya',
  summary: 'Baris satu\nbaris dua',
  kind: 'workshop',
  organiser: 'BKPSDM Natuna',
  startsAt: '2026-12-03T02:00:00.000Z',
  endsAt: '2026-12-03T04:30:00.000Z',
  place: 'Aula',
  online: 'https://rapat.contoh.example/skp',
  topics: [],
  language: 'id',
  publishedAt: '2026-11-20T00:00:00.000Z'
};

const at = (text: string) => Date.parse(text);

describe('the time of an event', () => {
  test.each([
    ['Asia/Jakarta', 'Kamis, 3 Des 2026, 09.00–11.30 WIB'],
    ['Asia/Makassar', 'Kamis, 3 Des 2026, 10.00–12.30 WITA'],
    ['Asia/Jayapura', 'Kamis, 3 Des 2026, 11.00–13.30 WIT'],
    ['America/New_York', 'Rabu, 2 Des 2026, 21.00–23.30 UTC−5']
  ])('in %s is %s', (zone, words) => expect(spanWords(event, zone)).toBe(words));

  test('names both days of one that ends on another', () =>
    expect(spanWords({ ...event, endsAt: '2026-12-04T04:00:00.000Z' }, 'Asia/Jayapura')).toBe(
      'Kamis, 3 Des 2026, 11.00 WIT – Jumat, 4 Des 2026, 13.00 WIT'
    ));

  test('is told on the clocks of the place where these show something else', () => {
    expect(placeWords(event, 'Asia/Jayapura')).toContain('09.00–11.30 WIB');
    expect(placeWords(event, 'Asia/Jakarta')).toBeUndefined();
    expect(placeWords(event, 'Asia/Pontianak')).toBeUndefined();
  });

  test('says whether it lies ahead, is under way, over, or cancelled', () => {
    const cancelled = { ...event, cancelled: '2026-11-30T00:00:00.000Z' };
    expect(stateOf(event, at('2026-12-03T01:59:00Z'))).toBe('ahead');
    expect(stateOf(event, at('2026-12-03T02:00:00Z'))).toBe('now');
    expect(stateOf(event, at('2026-12-03T04:30:00Z'))).toBe('over');
    expect(stateOf(cancelled, at('2026-12-01T00:00:00Z'))).toBe('cancelled');
    expect(stateOf(cancelled, at('2026-12-04T00:00:00Z'))).toBe('over');
  });
});

test('what comes next stands first, and of what is over the last', () => {
  const day = (n: number) => ({
    ...event,
    _id: String(n),
    startsAt: `2026-12-0${n}T02:00:00Z`,
    endsAt: `2026-12-0${n}T03:00:00Z`
  });
  const events = [day(5), day(1), day(4), day(2)];
  const now = at('2026-12-03T00:00:00Z');
  expect(upcoming(events, now).map(({ _id }) => _id)).toEqual(['4', '5']);
  expect(past(events, now).map(({ _id }) => _id)).toEqual(['2', '1']);
});

describe('the file for calendars', () => {
  const lines = async (given: LearningEvent) => (await calendarFile(given).text()).split('\r\n');

  test('holds UTC times and the number of the document, so that a second one replaces the first', async () => {
    const file = await lines(event);
    expect(file).toContain('DTSTART:20261203T020000Z');
    expect(file).toContain('DTEND:20261203T043000Z');
    expect(file).toContain(`UID:${event._id}`);
    expect(file).toContain('STATUS:CONFIRMED');
    expect(file).toContain('SEQUENCE:0');
    expect(file).toContain('LOCATION:Aula');
    expect(file.join('\n')).toContain('SUMMARY:Klinik SKP\\; bawa rancangan\\, ya');
    expect(calendarFile(event)).toMatchObject({ name: 'acara-0190c0de.ics', type: 'text/calendar' });
    for (const line of file) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
  });

  test('takes a cancelled event out of the calendar', async () => {
    const file = await lines({ ...event, cancelled: '2026-11-30T00:00:00.000Z' });
    expect(file).toContain('STATUS:CANCELLED');
    expect(file).toContain('SEQUENCE:1');
    expect(file).toContain(`UID:${event._id}`);
  });
});
