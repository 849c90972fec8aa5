import type { Attempt } from '$lib/domain/documents/attempt';
import type { Course } from '$lib/domain/documents/course';
import type { Grade } from '$lib/domain/documents/grade';
import type { Progress } from '$lib/domain/documents/progress';
import type { Submission } from '$lib/domain/documents/submission';
import type { Enrolment } from '$lib/domain/documents/enrolment';
import { docId, suffixOf } from '$lib/domain/ids';
import { dayOf } from '$lib/domain/learning/days';
import { gatesOf, type ModuleGate } from '$lib/domain/learning/gates';
import type { OwnItem, Store } from '$lib/store/types';

/** How a person stands in a course, as far as this device knows. */
export interface Standing {
  progress: OwnItem<Progress> | undefined;
  /** Newest first. */
  attempts: OwnItem<Attempt>[];
  submissions: OwnItem<Submission>[];
  /** The server's answers, by what they answer. */
  grades: Map<string, Grade>;
  gates: ModuleGate[];
  /** Which day of hers it is; undefined before the server has heard of her. */
  day: number | undefined;
}

/** Reads how the person stands in a course; to be called in a live query. */
export async function standingIn(store: Store, course: Course, now: number): Promise<Standing> {
  const [progress, first, attempts, submissions, answers] = await Promise.all([
    store.ownItem<Progress>(docId('progress', suffixOf(course._id))),
    store.inboxDoc<Enrolment>(docId('enrolment', suffixOf(course._id))),
    store.ownItems('attempt'),
    store.ownItems('submission'),
    store.inboxDocs('grade')
  ]);
  const isHere = ({ doc }: OwnItem<Attempt> | OwnItem<Submission>): boolean => doc.course === course._id;
  const mine = attempts.filter(isHere);
  const handedIn = submissions.filter(isHere);
  const grades = answers.filter((grade) => grade.course === course._id);
  const graded = new Map(grades.map((grade) => [grade.of, grade]));
  const waiting = Object.fromEntries(
    course.chapters.map(({ id }) => [
      id,
      mine.filter(({ doc }) => doc.chapter === id && doc.kind === 'evaluation' && !graded.has(doc._id)).length
    ])
  );
  return {
    ...{ progress, attempts: mine, submissions: handedIn, grades: graded },
    gates: gatesOf(course, {
      ...{ done: progress?.doc.done ?? {}, grades, waiting, first, now },
      handedIn: new Set(handedIn.map(({ doc }) => doc.chapter))
    }),
    day: first && dayOf(first, now)
  };
}
