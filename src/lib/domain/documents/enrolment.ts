import type * as v from 'valibot';
import { base, growing, idOf, timestamp } from './fields.ts';

/**
 * A person's first day in a course, by the server's clock: `enrolment:<uuid of the course>` in her database. `zone` says
 * where her days begin.
 */
export const enrolment = growing({ ...base('enrolment'), course: idOf('course'), startedAt: timestamp });

export type Enrolment = v.InferOutput<typeof enrolment>;
