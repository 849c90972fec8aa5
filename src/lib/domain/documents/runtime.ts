import * as v from 'valibot';
import { latest, mergeBase, mergeRecords } from '../merge/base.ts';
import { growing, idOf, line, own, text, uuid } from './fields.ts';

/** Largest run-time data of one SCO, in characters of JSON: SCORM 2004 4th edition asks for 64,000 of suspend data. */
export const RUNTIME_LIMIT = 100_000;

const entry = v.strictObject({
  completed: v.boolean(),
  success: v.picklist(['unknown', 'failed', 'passed']),
  score: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  /** Seconds spent in it, all sessions together. */
  seconds: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** What the package wants to find again, as it gave it. */
  data: v.strictObject({ json: text(RUNTIME_LIMIT), edit: uuid })
});

/** What the packages of a course remember, by chapter: `runtime:<uuid of the course>` (IEEE 1484.11.1, SCORM 1.2 RTE). */
export const runtime = growing({ ...own('runtime'), course: idOf('course'), entries: v.record(line(100), entry) });

export type RuntimeEntry = v.InferOutput<typeof entry>;
export type Runtime = v.InferOutput<typeof runtime>;

const SUCCESS = ['unknown', 'failed', 'passed'] as const;

const mergeEntry = (a: RuntimeEntry, b: RuntimeEntry): RuntimeEntry => ({
  completed: a.completed || b.completed,
  success: SUCCESS.indexOf(a.success) >= SUCCESS.indexOf(b.success) ? a.success : b.success,
  score: a.score === null || b.score === null ? (a.score ?? b.score) : Math.max(a.score, b.score),
  seconds: Math.max(a.seconds, b.seconds),
  data: latest(a.data, b.data)
});

/** What was reached is never lost; what a package remembers is what it said last. */
export const mergeRuntime = (a: Runtime, b: Runtime): Runtime => ({
  _id: a._id,
  type: 'runtime',
  ...mergeBase(a, b),
  course: a.course,
  entries: mergeRecords(a.entries, b.entries, mergeEntry)
});
