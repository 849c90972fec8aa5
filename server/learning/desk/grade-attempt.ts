import type { Attempt } from '../../../src/lib/domain/documents/attempt.ts';
import type { Course } from '../../../src/lib/domain/documents/course.ts';
import type { Enrolment } from '../../../src/lib/domain/documents/enrolment.ts';
import type { Grade } from '../../../src/lib/domain/documents/grade.ts';
import { parseInbox, parseShared } from '../../../src/lib/domain/documents/index.ts';
import { CATALOGUE } from '../../../src/lib/domain/databases.ts';
import { grade } from '../../../src/lib/domain/learning/grading.ts';
import { openSheet } from '../../../src/lib/domain/learning/sheet.ts';
import { windowOf, type Window } from '../../../src/lib/domain/learning/windows.ts';
import type { Person } from '../../registry/types.ts';
import { openDatabase } from '../../registry/database.ts';
import { findKey } from '../answer-keys.ts';
import { enrolmentId } from './enrol.ts';
import { gradeId, makeGrade, type Outcome } from './grades.ts';
import type { DeskContext, FollowUp } from './types.ts';

/** Grades an evaluation, once, by its keys and the server's clock. */
export const gradeAttempt: FollowUp = async (document, person, context) => {
  if (document.type !== 'attempt' || document.kind !== 'evaluation') return [];
  if (await context.own.get(gradeId(document._id))) return [];
  return [makeGrade(document, await judge(document, person, context), context.now)];
};

async function judge(attempt: Attempt, person: Person, context: DeskContext): Promise<Outcome> {
  const course = await courseOf(attempt.course, context);
  const key = course && (await keyFor(attempt, person, context));
  if (!key) return { status: 'refused', reason: 'unreadable' };
  const before = await windowFor(attempt, course, context);
  if (!before.open) return { status: 'refused', reason: before.reason, opensAt: before.opensAt };
  const { score, correct, passed } = grade(key.quiz, key.answers);
  const status = passed ? 'passed' : 'failed';
  const after = await windowFor(attempt, course, context, { status, at: context.now });
  return { status, score, correct, ...left(after) };
}

const left = (window: Window): Pick<Outcome, 'remaining' | 'opensAt'> =>
  window.open
    ? { remaining: window.remaining }
    : window.reason === 'passed'
      ? {}
      : { remaining: 0, opensAt: window.opensAt };

async function courseOf(id: string, { couch }: DeskContext): Promise<Course | undefined> {
  const found = parseShared(await openDatabase(couch, 'courier', CATALOGUE).get(id));
  return found?.type === 'course' ? found : undefined;
}

/** The answers and the evaluation that they belong to; undefined when nobody could have been given it. */
async function keyFor({ _id, sealed, course, chapter }: Attempt, person: Person, { couch, keys }: DeskContext) {
  if (sealed === undefined) return undefined;
  const place = { person: person.id, attempt: _id, course, chapter };
  const sheet = await openSheet(sealed, place, (id) => keys.byId(id));
  if (!sheet) return undefined;
  const key = await findKey(couch, course, sheet.file);
  return key?.chapter === chapter ? { quiz: key.quiz, answers: sheet.answers } : undefined;
}

/** The days and attempts of this evaluation, with one more grade if it is given. */
async function windowFor(
  { course: id, chapter }: Attempt,
  { study }: Course,
  { own, now }: DeskContext,
  more?: Pick<Grade, 'status' | 'at'>
): Promise<Window> {
  const given = (await own.byPrefix('grade:')).map(parseInbox);
  const grades = given.filter(
    (one): one is Grade => one?.type === 'grade' && one.course === id && one.chapter === chapter
  );
  const first = parseInbox(await own.get<Enrolment>(enrolmentId(id)));
  return windowOf({
    rules: study,
    first: first?.type === 'enrolment' ? first : undefined,
    grades: more ? [...grades, more] : grades,
    now: Date.parse(now)
  });
}
