import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CATALOGUE } from '../../../src/lib/domain/databases.ts';
import { parseShared } from '../../../src/lib/domain/documents/index.ts';
import { openTestbed, type Testbed } from '../../courier/testbed.ts';
import { openDatabase } from '../../registry/database.ts';
import { readSeedEvents } from '../../seed/events.ts';
import { ImportRefused } from '../types.ts';
import { cancelEvent, listEvents, publishEvents } from './publish.ts';
import { readEvents } from './read.ts';

// Real databases on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const NOW = '2026-11-25T02:00:00.000Z';

const TEXT = `
title: Klinik SKP
organiser: BKPSDM Natuna
kind: workshop
starts: 2026-12-03 09.00
ends: 2026-12-03 11.30
zone: WIT
place: Aula
topics: [pembelajaran]
hours: 2
`;

describe('a file of events', () => {
  test('says times as clocks at the place show them', () => {
    const [event] = readEvents(TEXT, NOW);
    expect(event).toMatchObject({ startsAt: '2026-12-03T00:00:00.000Z', endsAt: '2026-12-03T02:30:00.000Z' });
    expect(event).toMatchObject({ zone: 'Asia/Jayapura', learningHours: 2 });
    expect(parseShared(event)).toEqual(event);
  });

  test.each([
    ['no organiser', TEXT.replace('organiser: BKPSDM Natuna', ''), /organiser/],
    ['a date that does not exist', TEXT.replace('2026-12-03 09', '2026-02-30 09'), /no such date/],
    ['an end before the beginning', TEXT.replace('11.30', '08.00'), /before it begins/],
    ['an address that is not safe', `${TEXT}online: http://contoh.example`, /online/],
    ['a field that is misspelt', `${TEXT}tittle: x`, /tittle/],
    ['a zone that is none', TEXT.replace('WIT', 'GMT'), /zone/],
    ['no YAML', 'a: [', /YAML/]
  ])('with %s is refused in words', (_, text, words) => {
    expect(() => readEvents(text, NOW)).toThrow(ImportRefused);
    expect(() => readEvents(text, NOW)).toThrow(words);
  });
});

describe('the catalogue', () => {
  let bed: Testbed;
  beforeAll(async () => void (bed = await openTestbed()));
  afterAll(() => bed.close());

  test('takes events, an edited one in place of the old, and the same again without writing', async () => {
    const id = 'id: 0190c0de-0000-7000-8000-000000000001\n';
    const [event] = readEvents(TEXT + id, NOW);
    if (!event) throw new Error('no event was read');
    await publishEvents(bed.couch, [event]);
    const [first] = await listEvents(bed.couch);
    await publishEvents(bed.couch, readEvents(TEXT + id, '2026-11-26T00:00:00.000Z'));
    expect(await listEvents(bed.couch)).toEqual([first]);
    const later = readEvents(TEXT.replace('Aula', 'Balai') + id, '2026-11-27T00:00:00.000Z');
    await publishEvents(bed.couch, later);
    expect(await listEvents(bed.couch)).toMatchObject([{ place: 'Balai', createdAt: NOW }]);

    expect(await cancelEvent(bed.couch, event._id, '2026-11-28T00:00:00.000Z')).toBe(true);
    expect(await cancelEvent(bed.couch, 'event:0190c0de-0000-7000-8000-000000000009', NOW)).toBe(false);
    const [cancelled] = await openDatabase(bed.couch, 'courier', CATALOGUE).byPrefix('event:');
    expect(parseShared(cancelled)).toMatchObject({ cancelled: '2026-11-28T00:00:00.000Z', place: 'Balai' });
  });
});

test('the events that come along lie around the day of the load, whenever that is, and can be read', async () => {
  for (const base of [Date.parse(NOW), Date.parse('2027-06-30T23:30:00Z')]) {
    const events = await readSeedEvents(base);
    expect(events.length).toBeGreaterThanOrEqual(8);
    for (const event of events) expect(parseShared(event)).toEqual(event);
    const ahead = events.filter(({ startsAt }) => Date.parse(startsAt) > base);
    expect(ahead.length).toBeGreaterThanOrEqual(6);
    expect(ahead.length).toBeLessThan(events.length);
  }
});
