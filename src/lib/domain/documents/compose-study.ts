import { docId, newEdit, uuidv7 } from '../ids.ts';
import { first } from './compose.ts';
import type { Study } from './study.ts';

/** Most seconds of a day that one course on one device can have. */
const WHOLE_DAY = 86_400;

/** The time spent with so many seconds more on a day (`YYYY-MM-DD`); a new document for a device's first of a year. */
export function addStudy(study: Study | undefined, course: string, day: string, seconds: number): Study {
  const edit = newEdit(study?.edit);
  const start: Study = study ?? {
    ...first('study', docId('study', uuidv7()), edit),
    year: Number(day.slice(0, 4)),
    seconds: {}
  };
  const days = start.seconds[course] ?? {};
  const sum = Math.min(WHOLE_DAY, (days[day] ?? 0) + Math.round(seconds));
  return { ...start, edit, seconds: { ...start.seconds, [course]: { ...days, [day]: sum } } };
}
