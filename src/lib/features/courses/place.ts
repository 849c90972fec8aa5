import type { Course } from '$lib/domain/documents/course';
import type { Progress } from '$lib/domain/documents/progress';

type Place = NonNullable<Progress['place']>;

/** The newer of the place that this device remembers and the one that came from another device. */
export const newestPlace = (here: Place | undefined, synced: Place | null | undefined): Place | undefined =>
  here && synced ? (here.edit >= synced.edit ? here : synced) : (here ?? synced ?? undefined);

/** Where reading goes on: the kept place when its chapter still exists, otherwise the beginning. */
export function placeIn(course: Course, place: Place | undefined): { index: number; fraction: number } {
  const index = course.chapters.findIndex((chapter) => chapter.id === place?.chapter);
  return index < 0 ? { index: 0, fraction: 0 } : { index, fraction: place?.fraction ?? 0 };
}

/** Share of finished chapters, 0 to 1. */
export const finishedShare = (course: Course, progress: Progress | undefined): number =>
  course.chapters.filter((chapter) => progress?.done[chapter.id]).length / course.chapters.length;
