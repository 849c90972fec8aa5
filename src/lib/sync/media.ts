import { apiOf } from './api';
import { allFilesOf } from '$lib/domain/documents/course-files';
import type { MediaFile } from '$lib/domain/documents/course';
import { filesOf, namesOf, sizeOf, type CourseFiles } from './course-files';
import { fetchFile } from './media-file';
import { isLong } from './long-files';
import { fetchLong } from './media-pieces';
import type { PieceStore } from './port';
import { asTaken } from './quality';
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
 * Takes a course offline in the quality that the person chose: keeps the files that somebody on this browser has, fetches those that are missing, long ones
 * piece by piece, checks each by its hash and keeps it. May be stopped by the signal or by the death of the tab at any
 * time; the next call goes on with what is still missing.
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
  const files = filesOf(await asTaken(store, course));
  const here = await claimed(store, files);
  const total = sizeOf(files);
  let done = sizeOf(files.filter(({ sha256 }) => here.has(sha256)));
  onProgress?.({ done, total });
  for (const file of files) {
    if (here.has(file.sha256)) continue;
    const options = { signal, onBytes: (bytes: number) => onProgress?.({ done: done + bytes, total }) };
    if (isLong(file)) await fetchLong(api, store, file, options);
    else await store.putPiece(file.sha256, await fetchFile(api, file, options));
    done += sizeOf([file]);
    onProgress?.({ done, total });
  }
}

/** Keeps the short files that somebody on this browser has; answers all files that are here now. */
async function claimed(store: PieceStore, files: MediaFile[]): Promise<Set<string>> {
  const [short, long] = [files.filter((file) => !isLong(file)), files.filter(isLong)];
  const [here, whole] = await Promise.all([
    store.claimPieces(short),
    store.hasPieces(long.map(({ sha256 }) => sha256))
  ]);
  return new Set([...here, ...whole]);
}

/**
 * Removes a course's files from this device, in whatever quality they are here.
 * @param others courses that stay: files and pieces that they share are kept
 */
export async function removeCourse(
  store: Pick<PieceStore, 'removePieces' | 'piece'>,
  course: CourseFiles,
  others: CourseFiles[] = []
): Promise<void> {
  const kept = await namesOf(store, others.flatMap(allFilesOf));
  const going = await namesOf(store, allFilesOf(course));
  await store.removePieces([...going].filter((sha256) => !kept.has(sha256)));
}

/**
 * Removes recordings of a course that are here in another quality than the person takes it along in.
 * @param others courses that stay: files and pieces that they share are kept
 */
export async function removeOtherQualities(
  store: Pick<PieceStore, 'removePieces' | 'piece' | 'setting'>,
  course: CourseFiles,
  others: CourseFiles[]
): Promise<void> {
  const taken = await asTaken(store, course);
  const kept = await namesOf(store, [...filesOf(taken), ...others.flatMap(allFilesOf)]);
  const going = await namesOf(store, allFilesOf(course));
  await store.removePieces([...going].filter((sha256) => !kept.has(sha256)));
}
