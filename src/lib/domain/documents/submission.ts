import * as v from 'valibot';
import { latest, mergeBase } from '../merge/base.ts';
import { mergeText, textRegister } from '../merge/text-register.ts';
import { growing, idOf, line, own, sha256, uuid } from './fields.ts';

/** Largest file that is handed in, in bytes (domain.md §2.2: a journal of at most 5 MB). */
export const SUBMISSION_LIMIT = 5_000_000;

const handedIn = v.strictObject({
  sha256,
  size: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(SUBMISSION_LIMIT)),
  type: line(100),
  name: line(200),
  edit: uuid
});

/** Work handed in for an assignment: `submission:<uuidv7>`. Its file travels apart (`own-files`). */
export const submission = growing({
  ...own('submission'),
  course: idOf('course'),
  chapter: line(100),
  file: handedIn,
  note: textRegister
});

export type Submission = v.InferOutput<typeof submission>;

/** The newest file and every text. */
export const mergeSubmission = (a: Submission, b: Submission): Submission => ({
  _id: a._id,
  type: 'submission',
  ...mergeBase(a, b),
  course: a.course,
  chapter: a.chapter,
  file: latest(a.file, b.file),
  note: mergeText(a.note, b.note)
});
