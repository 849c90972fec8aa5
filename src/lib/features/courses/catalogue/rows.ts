import type { Course } from '$lib/domain/documents/course';
import type { Progress } from '$lib/domain/documents/progress';
import { docId, suffixOf } from '$lib/domain/ids';
import type { Store } from '$lib/store/types';
import { courseState } from '$lib/sync/course-files';
import { finishedShare } from '../place';

/** A course as the catalogue shows it to one person. */
export interface Row {
  course: Course;
  started: boolean;
  /** Share of finished chapters, 0 to 1. */
  share: number;
  /** All of it is on this device. */
  here: boolean;
  /** How many of her unit take it, when they are enough to say so. */
  takers: number;
}

/** Courses that are whole on this device. The first file of each, in any quality, is looked for first: of most,
 * nothing is here. */
export async function wholeHere(
  store: Pick<Store, 'hasPieces' | 'piece' | 'setting'>,
  courses: readonly Course[]
): Promise<ReadonlySet<string>> {
  const firstOf = ({ chapters: [first] }: Course): string[] =>
    first ? [first, ...(first.variants ?? [])].map(({ file }) => file.sha256) : [];
  const begun = await store.hasPieces([...new Set(courses.flatMap(firstOf))]);
  const likely = courses.filter((course) => firstOf(course).some((sha256) => begun.has(sha256)));
  const states = await Promise.all(likely.map((course) => courseState(store, course)));
  return new Set(likely.filter((_, i) => states[i]?.complete).map(({ _id }) => _id));
}

interface Known {
  courses: readonly Course[];
  progress: ReadonlyMap<string, Progress>;
  here: ReadonlySet<string>;
  takers: ReadonlyMap<string, number>;
}

/** The catalogue for a person. What was withdrawn is there for those alone who are in it. */
export const rowsOf = ({ courses, progress, here, takers }: Known): Row[] =>
  courses.flatMap((course) => {
    const own = progress.get(docId('progress', suffixOf(course._id)));
    if (course.withdrawn && !own) return [];
    const share = finishedShare(course, own);
    return [
      { course, started: own !== undefined, share, here: here.has(course._id), takers: takers.get(course._id) ?? 0 }
    ];
  });
