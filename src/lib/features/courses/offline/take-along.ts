import { qualitiesOf } from '$lib/domain/documents/course-files';
import type { Course } from '$lib/domain/documents/course';
import type { Store } from '$lib/store/types';
import { stayingBeside } from '$lib/sync/course-files';
import { downloadCourse, removeCourse, removeOtherQualities } from '$lib/sync/media';
import { keepQuality } from '$lib/sync/quality';
import type { DownloadProgress } from '$lib/sync/types';
import { keepParts } from '../forms/parts';

const beside = async (store: Store, course: Course): Promise<Course[]> =>
  stayingBeside(
    store,
    course,
    (await store.courses()).filter(({ _id }) => _id !== course._id)
  );

/** Downloads a course in the chosen quality, which stays its own from then on, and lets go of another one's files. */
export async function takeAlong(
  store: Store,
  course: Course,
  signal: AbortSignal,
  onProgress: (progress: DownloadProgress) => void
): Promise<void> {
  const hasChoice = qualitiesOf(course).length > 1;
  if (hasChoice) await keepQuality(store, course._id);
  await downloadCourse(store, course, { signal, onProgress });
  await keepParts(course);
  if (hasChoice) await removeOtherQualities(store, course, await beside(store, course));
}

/** Removes the files of a course, but none that a course which stays needs. */
export const letGo = async (store: Store, course: Course): Promise<void> =>
  removeCourse(store, course, await beside(store, course));
