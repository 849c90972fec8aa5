import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { LearningEvent } from '../../src/lib/domain/documents/event.ts';
import { eventOf, ZONES } from '../learning/events/read.ts';
import { SEED_FOLDER } from './data.ts';
import { stableUuid } from './stable.ts';

const DAY = 86_400_000;

/** An event of the demonstration: its day counts from the load, so that some always lie ahead. */
interface EventRow {
  key: string;
  day: number;
  from: string;
  to: string;
  zone: string;
}

/** The events that come along, as they are published at `base` (ms since 1970). */
export async function readSeedEvents(base: number, folder = SEED_FOLDER): Promise<LearningEvent[]> {
  const place = new URL('events.json', folder);
  if (!existsSync(place)) return [];
  const rows = JSON.parse(await readFile(place, 'utf8')) as EventRow[];
  return rows.map(({ key, day, from, to, ...facts }) => {
    const date = new Date(base + day * DAY).toLocaleDateString('sv-SE', { timeZone: ZONES[facts.zone] });
    const id = stableUuid(`event ${key}`);
    const times = { starts: `${date} ${from}`, ends: `${date} ${to}` };
    return eventOf({ ...facts, ...times, id }, new Date(base - 10 * DAY).toISOString());
  });
}
