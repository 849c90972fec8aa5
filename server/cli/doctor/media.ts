import { createHash } from 'node:crypto';
import { CATALOGUE } from '../../../src/lib/domain/databases.ts';
import type { Course, MediaFile } from '../../../src/lib/domain/documents/course.ts';
import type { Couch } from '../../couch/types.ts';
import type { MediaStore } from '../../media/types.ts';
import { isMissing, request } from '../../registry/database.ts';
import { bad, forEach, ok, type Finding } from './finding.ts';
import type { DoctorWords } from './words.ts';

const PARALLEL = 8;
/** Files whose content is read, and bytes of them all: a look, not a backup check. */
const SAMPLE = { files: 100, bytes: 100_000_000 };

async function filesOfCourses(couch: Couch): Promise<MediaFile[]> {
  const query = new URLSearchParams({ include_docs: 'true', startkey: '"course:"', endkey: '"course;"' });
  const { rows } = await request<{ rows: { doc: Course }[] }>(
    couch,
    'gateway',
    `/${CATALOGUE}/_all_docs?${query}`
  ).catch((error: unknown) => {
    if (isMissing(error)) return { rows: [] };
    throw error;
  });
  const files = rows.flatMap(({ doc: { cover, chapters } }) => [
    ...(cover ? [cover] : []),
    ...chapters.flatMap(({ file, images }) => [file, ...images])
  ]);
  return [...new Map(files.map((file) => [file.sha256, file])).values()];
}

async function isWhole(media: MediaStore, { sha256, size }: MediaFile): Promise<boolean> {
  const found = await media.open(sha256);
  const hash = createHash('sha256');
  if (found) for await (const chunk of found.stream) hash.update(chunk);
  return found?.size === size && hash.digest('hex') === sha256;
}

/** A few of the files, other ones each time. */
function sampleOf(files: MediaFile[]): MediaFile[] {
  let bytes = 0;
  return files
    .map((file) => ({ file, rank: Math.random() }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, SAMPLE.files)
    .map(({ file }) => file)
    .filter(({ size }) => (bytes += size) <= SAMPLE.bytes);
}

/** Whether every file that a course names is there, and a sample of them is what its name says. */
export async function checkMedia(couch: Couch, media: MediaStore, words: DoctorWords): Promise<Finding[]> {
  const files = await filesOfCourses(couch);
  const there = await forEach(files, PARALLEL, ({ sha256 }) => media.has(sha256));
  const missing = files.filter((_, i) => !there[i]).map(({ sha256 }) => sha256);
  const sample = sampleOf(files.filter((_, i) => there[i]));
  const whole = await forEach(sample, PARALLEL, (file) => isWhole(media, file));
  const damaged = sample.filter((_, i) => !whole[i]).map(({ sha256 }) => sha256);
  const findings: Finding[] = [];
  if (missing.length) findings.push(bad(words.mediaMissing(missing.length), [words.mediaHint, ...missing]));
  if (damaged.length) findings.push(bad(words.mediaDamaged(damaged.length), [words.mediaHint, ...damaged]));
  return findings.length ? findings : [ok(words.media(files.length, sample.length))];
}
