import type { Course } from '$lib/domain/documents/course';
import { docId, suffixOf } from '$lib/domain/ids';
import type { Offer } from '$lib/domain/field-kit';
import { gapClosed, requirementOf, shownLevels } from '$lib/domain/rules/competencies';
import { isFinished } from '$lib/domain/rules/finished';
import type { Store } from '$lib/store/types';
import { courseState, filesOf, sizeOf } from '$lib/sync/course-files';
import { asTaken } from '$lib/sync/quality';
import { finishedShare } from '../place';
import { minutesOf } from '../words';
import { begunHere } from './kept-courses';

/** A course that can be taken to the field. */
export interface CourseOffer extends Offer {
  course: Course;
}

/** Minutes of a chapter where nobody says how long a course is. */
const CHAPTER = 10;

/** All courses that a person has still to finish, with what taking each along would cost. */
export async function readOffers(store: Store): Promise<CourseOffer[]> {
  const [courses, progress, grades, record] = await Promise.all([
    store.courses(),
    store.ownItems('progress'),
    store.inboxDocs('grade'),
    store.record()
  ]);
  const ways = new Map(progress.map(({ doc }) => [doc._id, doc]));
  const wayOf = ({ _id }: Course) => ways.get(docId('progress', suffixOf(_id)));
  const done = courses.filter((course) => isFinished(course, wayOf(course), grades));
  const shown = shownLevels(done.map(({ competencies }) => competencies ?? []));
  const { position, status } = record?.fields ?? {};
  const required = position && requirementOf({ title: position.value, status: status?.value ?? '' });
  const begun = new Set(await begunHere(store, courses));
  const open = courses.filter((course) => !done.includes(course) && (wayOf(course) || !course.withdrawn));
  return Promise.all(
    open.map(async (course) => {
      const { total, done: here } = begun.has(course)
        ? await courseState(store, course)
        : { total: sizeOf(filesOf(await asTaken(store, course))), done: 0 };
      const minutes = minutesOf(course) || course.chapters.length * CHAPTER;
      return {
        id: course._id,
        course,
        missing: total - here,
        minutes: Math.max(Math.round(minutes * (1 - finishedShare(course, wayOf(course)))), 1),
        started: wayOf(course) !== undefined,
        weight: (required && gapClosed(course.competencies ?? [], required, shown)?.gap) ?? 0
      };
    })
  );
}

/** The topics of most of the courses, the commonest first. */
export function topicsOf(offers: readonly CourseOffer[], most: number): string[] {
  const counts = new Map<string, number>();
  for (const { course } of offers) for (const topic of course.topics) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
    .slice(0, most)
    .map(([topic]) => topic);
}
