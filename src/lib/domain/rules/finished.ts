import type { Course } from '../documents/course.ts';
import type { Grade } from '../documents/grade.ts';
import type { Progress } from '../documents/progress.ts';

/** Forms that the server judges: no device can say that they are passed. */
const JUDGED: readonly string[] = ['evaluation', 'assignment'];

/**
 * Whether a course is finished: every evaluation passed, every assignment accepted, and all other chapters done. A grade
 * that was passed once stays, whatever came after it.
 */
export function isFinished(
  { _id, chapters }: Pick<Course, '_id' | 'chapters'>,
  progress: Pick<Progress, 'done'> | undefined,
  grades: readonly Pick<Grade, 'course' | 'chapter' | 'status'>[]
): boolean {
  const passed = new Set(
    grades.filter(({ course, status }) => course === _id && status === 'passed').map(({ chapter }) => chapter)
  );
  return chapters.every(({ id, form }) =>
    JUDGED.includes(form) ? passed.has(id) : Object.hasOwn(progress?.done ?? {}, id)
  );
}

/** When it was finished: the last of what it took; undefined while it is not. */
export function finishedAt(
  course: Pick<Course, '_id' | 'chapters'>,
  progress: Pick<Progress, 'done'> | undefined,
  grades: readonly Pick<Grade, 'course' | 'chapter' | 'status' | 'at'>[]
): string | undefined {
  if (course.chapters.length === 0 || !isFinished(course, progress, grades)) return undefined;
  const passed = (chapter: string): string[] =>
    grades
      .filter((one) => one.course === course._id && one.chapter === chapter && one.status === 'passed')
      .map(({ at }) => at)
      .sort()
      .slice(0, 1);
  return course.chapters
    .flatMap(({ id, form }) => (JUDGED.includes(form) ? passed(id) : [progress?.done[id] ?? '']))
    .sort()
    .at(-1);
}
