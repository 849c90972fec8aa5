import * as v from 'valibot';
import { mergeBase, mergeRecords } from '../merge/base.ts';
import { growing, line, own } from './fields.ts';

const day = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/));
const seconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(86_400));

/**
 * Time that a person spent studying on one device in one year: `study:<uuid>`, a new id for each device and year.
 * Seconds by the id of the course, then by the day in the device's zone.
 */
export const study = growing({
  ...own('study'),
  year: v.pipe(v.number(), v.integer(), v.minValue(2000), v.maxValue(9999)),
  seconds: v.record(line(100), v.record(day, seconds))
});

export type Study = v.InferOutput<typeof study>;

/** Time only grows. */
export const mergeStudy = (a: Study, b: Study): Study => ({
  _id: a._id,
  type: 'study',
  ...mergeBase(a, b),
  year: a.year,
  seconds: mergeRecords(a.seconds, b.seconds, (x, y) => mergeRecords(x, y, Math.max))
});
