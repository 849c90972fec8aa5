import * as v from 'valibot';
import { base, growing, idOf, line, text, timestamp } from './fields.ts';

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** The server's answer to an evaluation or to work handed in: `grade:<uuid of the attempt or submission>`. */
export const grade = growing({
  ...base('grade'),
  of: line(100),
  course: idOf('course'),
  chapter: line(100),
  /** `refused`: it came outside the days or beyond the attempts that the course allows. */
  status: v.picklist(['passed', 'failed', 'refused']),
  score: v.optional(share),
  /** Which questions were right; their keys are never told. */
  correct: v.optional(v.record(line(100), v.boolean())),
  /** Attempts left in the present days. */
  remaining: v.optional(count),
  /** When it may be tried again. */
  opensAt: v.optional(timestamp),
  feedback: v.optional(text(5_000)),
  /** One of `not-open`, `no-attempts`, `unreadable`, or what only a newer server knows. */
  reason: v.optional(line(60)),
  at: timestamp
});

export type Grade = v.InferOutput<typeof grade>;
