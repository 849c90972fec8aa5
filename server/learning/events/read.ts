import * as v from 'valibot';
import { parse } from 'yaml';
import { event as schema, EVENT_KINDS, type LearningEvent } from '../../../src/lib/domain/documents/event.ts';
import { SCHEMAS } from '../../../src/lib/domain/documents/versions.ts';
import { docId, uuidv7 } from '../../../src/lib/domain/ids.ts';
import { instantOf } from '../../../src/lib/domain/text/local-time.ts';
import { ImportRefused } from '../types.ts';

/** Names of the three zones of Indonesia, as people write them. */
export const ZONES: Readonly<Record<string, string>> = {
  WIB: 'Asia/Jakarta',
  WITA: 'Asia/Makassar',
  WIT: 'Asia/Jayapura'
};

/** "2026-12-03 09.00", in the zone of the place. */
const local = v.pipe(v.string(), v.trim(), v.regex(/^\d{4}-\d{2}-\d{2}[ T]\d{1,2}[.:]\d{2}$/));

const line = v.pipe(v.string(), v.trim(), v.minLength(1));

const file = v.strictObject({
  id: v.optional(v.pipe(v.string(), v.uuid())),
  title: line,
  summary: v.optional(v.pipe(v.string(), v.trim()), ''),
  kind: v.optional(v.picklist(EVENT_KINDS), 'webinar'),
  organiser: line,
  starts: local,
  ends: local,
  zone: v.optional(v.picklist(Object.keys(ZONES)), 'WIB'),
  place: v.optional(line),
  online: v.optional(line),
  topics: v.optional(v.array(line), []),
  hours: v.optional(v.number()),
  language: v.optional(line, 'id'),
  cancelled: v.optional(v.boolean(), false)
});

export type EventFile = v.InferOutput<typeof file>;

const refuse = (message: string): never => {
  throw new ImportRefused('unreadable', message);
};

const issueIn = (issues: [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string =>
  `${v.getDotPath(issues[0]) ?? 'event'}: ${issues[0].message}`;

/** An event as a document of the catalogue. @throws ImportRefused */
export function eventOf(given: unknown, now: string): LearningEvent {
  const read = v.safeParse(file, given);
  if (!read.success) return refuse(issueIn(read.issues));
  const { id = uuidv7(Date.parse(now)), starts, ends, zone: named, hours, cancelled, ...facts } = read.output;
  const zone = ZONES[named] ?? 'Asia/Jakarta';
  const [startsAt, endsAt] = [instantOf(starts, zone), instantOf(ends, zone)];
  if (startsAt === undefined || endsAt === undefined) return refuse('There is no such date.');
  if (endsAt <= startsAt) return refuse('The event ends before it begins.');
  const made = v.safeParse(schema, {
    ...facts,
    _id: docId('event', id),
    type: 'event',
    schema: SCHEMAS.event,
    createdAt: now,
    zone,
    startsAt,
    endsAt,
    publishedAt: now,
    ...(hours !== undefined && { learningHours: hours }),
    ...(cancelled && { cancelled: now })
  });
  return made.success ? made.output : refuse(issueIn(made.issues));
}

/** The events of a YAML file: one, or a list of them. @throws ImportRefused */
export function readEvents(text: string, now: string): LearningEvent[] {
  let given: unknown;
  try {
    given = parse(text, { maxAliasCount: 0, schema: 'core', logLevel: 'error' });
  } catch (error) {
    return refuse(`This is no YAML: ${(error as Error).message}`);
  }
  const list: unknown[] = Array.isArray(given) ? given : [given];
  return list.map((one) => eventOf(one, now));
}
