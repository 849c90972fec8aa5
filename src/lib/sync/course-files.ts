import { allFilesOf, filesOf, sizeOf, type CourseFiles } from '$lib/domain/documents/course-files';
import type { MediaFile } from '$lib/domain/documents/course';
import { isLong, knownPieces, type LongFile } from './long-files';
import type { PieceStore } from './port';
import { asTaken } from './quality';
import type { DownloadProgress } from './types';

export { filesOf, sizeOf, type CourseFiles } from '$lib/domain/documents/course-files';

/** How much of a course is on this device, bytes. `complete` also when it has no files at all. */
export interface CourseState extends DownloadProgress {
  complete: boolean;
}

type Readable = Pick<PieceStore, 'hasPieces' | 'piece' | 'setting'>;

/** What of a course is on this device, in the quality that the person takes it along in. */
export async function courseState(store: Readable, course: CourseFiles): Promise<CourseState> {
  const files = filesOf(await asTaken(store, course));
  const here = await store.hasPieces(
    files.flatMap(({ sha256, manifest }) => [sha256, ...(manifest ? [manifest.sha256] : [])])
  );
  const whole = files.filter(({ sha256 }) => here.has(sha256));
  // Only of a long file that has been begun is anything asked: a catalogue asks for all its courses at once.
  const begun = files.filter((file) => !here.has(file.sha256) && isLong(file) && here.has(file.manifest.sha256));
  const parts = await Promise.all(begun.filter(isLong).map((file) => begunBytes(store, file)));
  const done = sizeOf(whole) + parts.reduce((sum, part) => sum + part, 0);
  return { done, total: sizeOf(files), complete: whole.length === files.length };
}

/** Bytes that a course takes up on this device, in whatever qualities it is here. */
export async function courseBytes(store: Readable, course: CourseFiles): Promise<number> {
  const files = allFilesOf(course);
  const whole = await store.hasPieces(files.map(({ sha256 }) => sha256));
  const parts = await Promise.all(
    files.map((file) => {
      if (whole.has(file.sha256)) return sizeOf([file]);
      return isLong(file) ? begunBytes(store, file) : 0;
    })
  );
  return parts.reduce((sum, part) => sum + part, 0);
}

async function begunBytes(store: Readable, file: LongFile): Promise<number> {
  const pieces = await knownPieces(store, file);
  if (!pieces) return 0;
  const here = await store.hasPieces(pieces.map(({ sha256 }) => sha256));
  const held = pieces.filter(({ sha256 }) => here.has(sha256));
  return file.manifest.size + held.reduce((sum, { size }) => sum + size, 0);
}

/** The hashes under which files are kept, with those of manifests and of pieces as far as they are known. */
export async function namesOf(store: Pick<PieceStore, 'piece'>, files: MediaFile[]): Promise<Set<string>> {
  const names = new Set(files.map(({ sha256 }) => sha256));
  for (const file of files.filter(isLong)) {
    names.add(file.manifest.sha256);
    for (const { sha256 } of (await knownPieces(store, file)) ?? []) names.add(sha256);
  }
  return names;
}

/**
 * Those of the other courses that stay on this device when `course` is removed: whole ones, and ones of which files
 * are here that are not of `course` as well.
 */
export async function stayingBeside<T extends CourseFiles>(
  store: Readable,
  course: CourseFiles,
  others: T[]
): Promise<T[]> {
  const going = await namesOf(store, allFilesOf(course));
  const all = await Promise.all(
    others.map(async (other) => ({
      other,
      needed: filesOf(await asTaken(store, other)),
      // A cover is here because the catalogue shows it.
      names: [...(await namesOf(store, allFilesOf({ chapters: other.chapters })))]
    }))
  );
  const covers = all.flatMap(({ other }) => (other.cover ? [other.cover.sha256] : []));
  const here = await store.hasPieces([...new Set([...covers, ...all.flatMap(({ names }) => names)])]);
  const isWhole = (needed: MediaFile[]) => needed.every(({ sha256 }) => here.has(sha256));
  return all
    .filter(({ needed, names }) => isWhole(needed) || names.some((name) => here.has(name) && !going.has(name)))
    .map(({ other }) => other);
}
