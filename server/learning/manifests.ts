import { filesOf, mapFiles, sizeOf } from '../../src/lib/domain/documents/course-files.ts';
import { PIECE_SIZE, type Manifest } from '../../src/lib/domain/documents/pieces.ts';
import { sha256Of } from './text.ts';
import type { CourseFile, ImportedCourse } from './types.ts';

const MANIFEST_TYPE = 'application/json';

/** The manifest of a long file, as a file of its own. */
export function manifestOf(body: Uint8Array): CourseFile {
  const pieces: string[] = [];
  for (let start = 0; start < body.byteLength; start += PIECE_SIZE)
    pieces.push(sha256Of(body.subarray(start, start + PIECE_SIZE)));
  const manifest: Manifest = { version: 1, size: body.byteLength, pieceSize: PIECE_SIZE, pieces };
  const file = new TextEncoder().encode(JSON.stringify(manifest));
  return { sha256: sha256Of(file), type: MANIFEST_TYPE, body: file };
}

/**
 * Gives every long file of a course a manifest and names it wherever the file is named: a device fetches such a file
 * piece by piece. `size` becomes what taking the course along in its best quality moves.
 */
export function withManifests({ course, files }: Pick<ImportedCourse, 'course' | 'files'>) {
  const manifests = new Map(
    files.filter(({ body }) => body.byteLength > PIECE_SIZE).map(({ sha256, body }) => [sha256, manifestOf(body)])
  );
  const named = mapFiles(course, (file) => {
    const made = manifests.get(file.sha256);
    return made ? { ...file, manifest: { sha256: made.sha256, size: made.body.byteLength } } : file;
  });
  return { course: { ...named, size: sizeOf(filesOf(named)) }, files: [...files, ...manifests.values()] };
}
