import type { DocumentScope } from 'nano';
import * as v from 'valibot';
import { courseChannel } from '../../src/lib/domain/course-channel.ts';
import { CATALOGUE } from '../../src/lib/domain/databases.ts';
import { course as courseSchema, type Course } from '../../src/lib/domain/documents/course.ts';
import { SCHEMAS } from '../../src/lib/domain/documents/versions.ts';
import { docId } from '../../src/lib/domain/ids.ts';
import type { Couch } from '../couch/types.ts';
import type { MediaStore } from '../media/types.ts';
import { keepKeys } from './answer-keys.ts';
import { withManifests } from './manifests.ts';
import { sha256Of } from './text.ts';
import type { ImportedCourse } from './types.ts';

/** Zone of what the central publisher issues (WIB). */
const ZONE = 'Asia/Jakarta';

const WRITE_TRIES = 5;

export interface PublishOptions {
  /** Name of the publishing unit as learners see it. */
  publisher: string;
  topics?: string[];
  /** Learning hours (JP) that the publisher credits; 0, the default, says that none are stated. */
  hours?: number;
  /** UUID of the course to create or update; by default it follows from the imported file. */
  id?: string;
  /** ISO time; the default is now. */
  publishedAt?: string;
}

/**
 * Stores the files and answer keys of an imported course, then its one document in the catalogue: a course that learners can see is
 * always whole. Publishing the same again writes nothing; publishing a changed course under the same id keeps its
 * `createdAt`.
 */
export async function publishCourse(
  { couch, media }: { couch: Pick<Couch, 'as' | 'provision'>; media: MediaStore },
  imported: ImportedCourse,
  options: PublishOptions
): Promise<Course> {
  const now = new Date().toISOString();
  const _id = docId('course', options.id ?? uuidOf(imported.fingerprint));
  const { course, files } = withManifests(imported);
  const fresh = v.parse(courseSchema, {
    ...course,
    _id,
    channel: courseChannel(_id),
    type: 'course',
    schema: SCHEMAS.course,
    createdAt: now,
    zone: ZONE,
    publisher: options.publisher,
    topics: options.topics ?? imported.course.topics ?? [],
    learningHours: options.hours ?? imported.course.learningHours ?? 0,
    publishedAt: options.publishedAt ?? now
  });
  for (const file of files) {
    const stored = await media.put(file.body);
    if (stored !== file.sha256) throw new Error(`A course file is not what its name says: ${file.sha256}`);
  }
  await keepKeys(couch, fresh._id, imported.keys ?? []);
  await couch.provision(CATALOGUE);
  return write(couch.as('courier').use<Course>(CATALOGUE), fresh, options.publishedAt !== undefined);
}

async function write(catalogue: DocumentScope<Course>, fresh: Course, dated: boolean): Promise<Course> {
  for (let tries = 1; ; tries += 1) {
    const old = await catalogue.get(fresh._id).catch((error: unknown) => {
      if (statusOf(error) === 404) return undefined;
      throw error;
    });
    const lasting = { ...(old && lastingOf(old)), ...fresh };
    if (old && sameContent(old, lasting, dated)) return v.parse(courseSchema, old);
    const next = { ...lasting, createdAt: old?.createdAt ?? fresh.createdAt, ...(old && { _rev: old._rev }) };
    try {
      const { rev } = await catalogue.insert(next);
      return { ...next, _rev: rev };
    } catch (error) {
      if (statusOf(error) !== 409 || tries === WRITE_TRIES) throw error;
    }
  }
}

const statusOf = (error: unknown): unknown => (error as { statusCode?: unknown } | null)?.statusCode;

/** What a course is besides its content, which publishing the same file again does not end. */
const lastingOf = ({ edition, withdrawn }: Course): Pick<Course, 'edition' | 'withdrawn'> => ({
  ...(edition && { edition }),
  ...(withdrawn !== undefined && { withdrawn })
});

/** Whether an update would tell learners nothing new; the times of publishing count only when the caller gave one. */
function sameContent(old: Course, fresh: Course, dated: boolean): boolean {
  const content = (course: Course) => ({
    ...course,
    _rev: undefined,
    createdAt: undefined,
    publishedAt: dated ? course.publishedAt : undefined
  });
  const parsed = v.safeParse(courseSchema, old);
  return parsed.success && canonical(content(parsed.output)) === canonical(content(fresh));
}

/** JSON with sorted keys: the database may return keys in another order. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner
  );

/** A UUID of version 8 (RFC 9562 §5.8) made of the first 128 bits of a hash. */
export function uuidOf(fingerprint: string): string {
  const hex = sha256Of(`smartasn course ${fingerprint}`);
  const variant = ((parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32)
  ].join('-');
}
