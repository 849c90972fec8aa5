import * as v from 'valibot';
import { base, growing, line, text, timestamp } from './fields.ts';

export const EVENT_KINDS = ['webinar', 'seminar', 'workshop', 'training', 'ceremony'] as const;

/** An event in the catalogue: `event:<uuid>`. Information only, nobody enrols here (domain.md §1.2). */
export const event = growing({
  ...base('event'),
  title: line(300),
  summary: text(4_000),
  kind: v.picklist(EVENT_KINDS),
  organiser: line(200),
  startsAt: timestamp,
  endsAt: timestamp,
  place: v.optional(line(300)),
  online: v.optional(v.pipe(v.string(), v.maxLength(500), v.regex(/^https:\/\//))),
  topics: v.array(line(60)),
  learningHours: v.optional(v.pipe(v.number(), v.minValue(0))),
  language: v.pipe(v.string(), v.regex(/^[a-zA-Z]{2,3}(-[A-Za-z0-9-]{2,})?$/)),
  publishedAt: timestamp,
  cancelled: v.optional(timestamp)
});

export type LearningEvent = v.InferOutput<typeof event>;
