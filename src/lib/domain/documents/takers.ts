import * as v from 'valibot';
import { base, growing, idOf, line, timestamp } from './fields.ts';

/** Fewest persons of a unit that are counted in public: with less, the number would tell who it is. */
export const FEWEST_TAKERS = 3;

/** How many persons of a channel take which courses: `takers:<uuid>` in the channel's database, written by the courier. */
export const takers = growing({
  ...base('takers'),
  _id: idOf('takers'),
  courses: v.record(line(100), v.pipe(v.number(), v.integer(), v.minValue(FEWEST_TAKERS))),
  asOf: timestamp
});

export type Takers = v.InferOutput<typeof takers>;
