import type { Course, MediaFile } from '$lib/domain/documents/course';
import type { PieceStore } from './port';
import type { DownloadProgress } from './types';

/** How much of a course is on this device, bytes. `complete` also when it has no files at all. */
export interface CourseState extends DownloadProgress {
  complete: boolean;
}

/** What of a course names its files. */
export type CourseFiles = Pick<Course, 'cover' | 'chapters'>;

/** All files of a course, each once, in reading order: what is read first arrives first. */
export function filesOf({ cover, chapters }: CourseFiles): MediaFile[] {
  const all = [...(cover ? [cover] : []), ...chapters.flatMap(({ file, images }) => [file, ...images])];
  return [...new Map(all.map((file) => [file.sha256, file])).values()];
}

export const sizeOf = (files: MediaFile[]): number => files.reduce((sum, { size }) => sum + size, 0);

/** What of a course is on this device. */
export async function courseState(store: Pick<PieceStore, 'hasPieces'>, course: CourseFiles): Promise<CourseState> {
  const files = filesOf(course);
  const here = await store.hasPieces(files.map(({ sha256 }) => sha256));
  const done = sizeOf(files.filter(({ sha256 }) => here.has(sha256)));
  return { done, total: sizeOf(files), complete: here.size === files.length };
}

/**
 * Those of the other courses that stay on this device when `course` is removed: whole ones, and ones of which files
 * are here that are not of `course` as well.
 */
export async function stayingBeside<T extends CourseFiles>(
  store: Pick<PieceStore, 'hasPieces'>,
  course: CourseFiles,
  others: T[]
): Promise<T[]> {
  const going = new Set(filesOf(course).map(({ sha256 }) => sha256));
  const here = await store.hasPieces([...new Set(others.flatMap(filesOf).map(({ sha256 }) => sha256))]);
  return others.filter((other) => {
    const names = filesOf(other).map(({ sha256 }) => sha256);
    return names.every((name) => here.has(name)) || names.some((name) => here.has(name) && !going.has(name));
  });
}
