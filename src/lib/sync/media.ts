import type { Course, MediaFile } from '$lib/domain/documents/course';
import { apiOf } from './api';
import { fetchFile } from './media-file';
import type { PieceStore } from './port';
import type { DownloadProgress } from './types';

export { MediaFailed } from './media-file';

export interface DownloadOptions {
  signal?: AbortSignal;
  /** Called at the start and after every file or part of one. */
  onProgress?: (progress: DownloadProgress) => void;
  /** Origin of the server; the page's own by default. */
  base?: string;
}

/** How much of a course is on this device, bytes. `complete` also when it has no files at all. */
export interface CourseState extends DownloadProgress {
  complete: boolean;
}

type Files = Pick<Course, 'cover' | 'chapters'>;

/** All files of a course, each once, in reading order: what is read first arrives first. */
export function filesOf({ cover, chapters }: Files): MediaFile[] {
  const all = [...(cover ? [cover] : []), ...chapters.flatMap(({ file, images }) => [file, ...images])];
  return [...new Map(all.map((file) => [file.sha256, file])).values()];
}

const sizeOf = (files: MediaFile[]): number => files.reduce((sum, { size }) => sum + size, 0);

/** What of a course is on this device. */
export async function courseState(store: Pick<PieceStore, 'hasPieces'>, course: Files): Promise<CourseState> {
  const files = filesOf(course);
  const here = await store.hasPieces(files.map(({ sha256 }) => sha256));
  const done = sizeOf(files.filter(({ sha256 }) => here.has(sha256)));
  return { done, total: sizeOf(files), complete: here.size === files.length };
}

/**
 * Takes a course offline: fetches the files that are missing, checks each by its hash and keeps it. May be stopped by
 * the signal or by the death of the tab at any time; the next call goes on with what is still missing.
 * @throws SyncFailure `offline`, `signed-out`, `aborted`, …
 * @throws MediaFailed when a file stays damaged or is not on the server
 * @throws NoSpace when the disk is full; what has arrived stays
 */
export async function downloadCourse(
  store: PieceStore,
  course: Files,
  { signal, onProgress, base }: DownloadOptions = {}
): Promise<void> {
  const api = apiOf(store, base);
  const files = filesOf(course);
  const here = await store.hasPieces(files.map(({ sha256 }) => sha256));
  const total = sizeOf(files);
  let done = sizeOf(files.filter(({ sha256 }) => here.has(sha256)));
  onProgress?.({ done, total });
  for (const file of files) {
    if (here.has(file.sha256)) continue;
    const body = await fetchFile(api, file, {
      signal,
      onBytes: (bytes) => onProgress?.({ done: done + bytes, total })
    });
    await store.putPiece(file.sha256, body);
    done += file.size;
    onProgress?.({ done, total });
  }
}

/**
 * Removes a course's files from this device.
 * @param others courses that stay: files that they share are kept
 */
export async function removeCourse(
  store: Pick<PieceStore, 'removePieces'>,
  course: Files,
  others: Files[] = []
): Promise<void> {
  const kept = new Set(others.flatMap(filesOf).map(({ sha256 }) => sha256));
  await store.removePieces(
    filesOf(course)
      .map(({ sha256 }) => sha256)
      .filter((sha256) => !kept.has(sha256))
  );
}
