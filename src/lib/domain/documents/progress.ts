import * as v from 'valibot';
import { latest, mergeBase, mergeRecords } from '../merge/base.ts';
import { growing, idOf, line, own, timestamp, uuid } from './fields.ts';

/** One person's way through one course: `progress:<uuid of the course>`. Chapters are only ever added to `done`. */
export const progress = growing({
  ...own('progress'),
  course: idOf('course'),
  done: v.record(line(100), timestamp),
  place: v.nullable(
    v.strictObject({ chapter: line(100), fraction: v.pipe(v.number(), v.minValue(0), v.maxValue(1)), edit: uuid })
  )
});

export type Progress = v.InferOutput<typeof progress>;

/** Union of the finished chapters (earliest time of each) and the newest place. */
export const mergeProgress = (a: Progress, b: Progress): Progress => ({
  _id: a._id,
  type: 'progress',
  ...mergeBase(a, b),
  course: a.course,
  done: mergeRecords(a.done, b.done, (x, y) => (x < y ? x : y)),
  place: a.place && b.place ? latest(a.place, b.place) : (a.place ?? b.place)
});
