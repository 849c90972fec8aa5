import { docId, newEdit, uuidv7 } from '../ids.ts';
import { newText, setText } from '../merge/text-register.ts';
import type { Answers, Attempt } from './attempt.ts';
import { first } from './compose.ts';
import type { Submission } from './submission.ts';

/** New own documents of learning, as pure functions of what the person did. */

type Work = Omit<Submission['file'], 'edit'>;

/** Work handed in for an assignment. */
export function newSubmission(course: string, chapter: string, file: Work, note: string): Submission {
  const edit = newEdit();
  return {
    ...first('submission', docId('submission', uuidv7()), edit),
    ...{ course, chapter },
    file: { ...file, edit },
    note: newText(edit, note)
  };
}

/** The same work with another file or note. */
export function handInAgain(work: Submission, file: Work, note: string): Submission {
  const edit = newEdit(work.edit);
  const isSame = work.file.sha256 === file.sha256;
  return { ...work, edit, file: isSame ? work.file : { ...file, edit }, note: setText(work.note, edit, note) };
}

/** What an attempt belongs to, and when it was made. */
export interface Try {
  course: string;
  chapter: string;
  startedAt: string;
}

/** A practice that this device has graded. */
export function newPractice({ course, chapter, startedAt }: Try, answers: Answers, score: number): Attempt {
  const doc = first('attempt', docId('attempt', uuidv7()), newEdit());
  return { ...doc, ...{ course, chapter, kind: 'practice', startedAt }, finishedAt: doc.createdAt, answers, score };
}

/** An evaluation on its way to the server, before its answers are sealed to it under this document's id. */
export function newEvaluation({ course, chapter, startedAt }: Try): Attempt {
  const doc = first('attempt', docId('attempt', uuidv7()), newEdit());
  return { ...doc, ...{ course, chapter, kind: 'evaluation', startedAt }, finishedAt: doc.createdAt };
}
