import { apiOf } from './api';
import { filesOf, sizeOf, type CourseFiles } from './course-files';
import { fetchFile } from './media-file';
import type { PieceStore } from './port';
import type { DownloadProgress } from './types';

export { courseState, filesOf, type CourseState } from './course-files';
export { MediaFailed } from './media-failed';

export interface DownloadOptions {
  signal?: AbortSignal;
  /** Called at the start and after every file or part of one. */
  onProgress?: (progress: DownloadProgress) => void;
  /** Origin of the server; the page's own by default. */
  base?: string;
}

/**
 * Takes a course offline: keeps the files that somebody on this browser has, fetches those that are missing, checks each by its hash and keeps it. May be stopped by
 * the signal or by the death of the tab at any time; the next call goes on with what is still missing.
 * @throws SyncFailure `offline`, `signed-out`, `aborted`, …
 * @throws MediaFailed when a file stays damaged or is not on the server
 * @throws NoSpace when the disk is full; what has arrived stays
 */
export async function downloadCourse(
  store: PieceStore,
  course: CourseFiles,
  { signal, onProgress, base }: DownloadOptions = {}
): Promise<void> {
  const api = apiOf(store, base);
  const files = filesOf(course);
  const here = await store.claimPieces(files);
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
  course: CourseFiles,
  others: CourseFiles[] = []
): Promise<void> {
  const kept = new Set(others.flatMap(filesOf).map(({ sha256 }) => sha256));
  await store.removePieces(
    filesOf(course)
      .map(({ sha256 }) => sha256)
      .filter((sha256) => !kept.has(sha256))
  );
}
