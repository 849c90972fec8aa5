import * as v from 'valibot';
import { latest } from '../merge/base.ts';
import { growing, idOf, line, own, timestamp } from './fields.ts';

/** Largest sealed answer sheet, in characters of base64url. */
export const SEALED_LIMIT = 200_000;

/** An answer by the kind of its question: a choice, several or an order of them, pairs, a number, a text. */
export const answer = v.union([
  v.pipe(v.string(), v.maxLength(2_000)),
  v.pipe(v.array(line(100)), v.maxLength(200)),
  v.record(line(100), line(100)),
  v.pipe(v.number(), v.finite())
]);

/** Answers by the id of their question. */
export const answers = v.record(line(100), answer);

/**
 * One try at a quiz: `attempt:<uuidv7>`, written once when it is handed in. A practice is graded on the device and
 * says its score; the answers of an evaluation are sealed to the server, which replies with a `grade`.
 */
export const attempt = growing({
  ...own('attempt'),
  course: idOf('course'),
  chapter: line(100),
  kind: v.picklist(['practice', 'evaluation']),
  startedAt: timestamp,
  finishedAt: timestamp,
  answers: v.optional(answers),
  sealed: v.optional(v.pipe(v.string(), v.maxLength(SEALED_LIMIT), v.regex(/^[A-Za-z0-9_.-]+$/))),
  score: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)))
});

export type Answer = v.InferOutput<typeof answer>;
export type Answers = v.InferOutput<typeof answers>;
export type Attempt = v.InferOutput<typeof attempt>;

/** Nobody edits an attempt; should two versions meet, the newest edit stands. */
export const mergeAttempt = (a: Attempt, b: Attempt): Attempt => latest(a, b);
