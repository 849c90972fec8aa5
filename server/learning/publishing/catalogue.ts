import * as v from 'valibot';
import { CATALOGUE } from '../../../src/lib/domain/databases.ts';
import { course as courseSchema, type Course } from '../../../src/lib/domain/documents/course.ts';
import { suffixOf } from '../../../src/lib/domain/ids.ts';
import type { Couch } from '../../couch/types.ts';
import type { MediaStore } from '../../media/types.ts';
import { openDatabase } from '../../registry/database.ts';
import { publishCourse, type PublishOptions } from '../publish.ts';
import type { ImportedCourse } from '../types.ts';
import { withKnownIds } from './editions.ts';

const TRIES = 5;

/** The courses that are published, newest first. */
export async function listCourses(couch: Couch): Promise<Course[]> {
  const found = await openDatabase(couch, 'courier', CATALOGUE).byPrefix('course:');
  const courses = found.flatMap((doc) => {
    const parsed = v.safeParse(courseSchema, doc);
    return parsed.success ? [parsed.output] : [];
  });
  return courses.sort((a, b) => b.publishedAt.localeCompare(a.publishedAt));
}

export async function findCourse(couch: Couch, id: string): Promise<Course | undefined> {
  const parsed = v.safeParse(courseSchema, await openDatabase(couch, 'courier', CATALOGUE).get(id));
  return parsed.success ? parsed.output : undefined;
}

/**
 * Withdraws a course: nobody begins it any more, who is in it may finish. Or lets it be begun again.
 * @returns the course as it stands; undefined when there is none
 */
export async function setWithdrawn(couch: Couch, id: string, withdrawn: boolean): Promise<Course | undefined> {
  const catalogue = openDatabase(couch, 'courier', CATALOGUE);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const course = await findCourse(couch, id);
    if (!course || (course.withdrawn !== undefined) === withdrawn) return course;
    const next: Course = { ...course, withdrawn: withdrawn ? new Date().toISOString() : undefined };
    if (await catalogue.putUnlessMoved(next)) return next;
  }
  throw new Error(`${id} is written by many at once.`);
}

/** Publishes a new edition of a course: chapters that it had keep their ids, so nothing that people finished is undone. */
export async function publishEdition(
  parts: { couch: Couch; media: MediaStore },
  old: Course,
  imported: ImportedCourse,
  { note = '', ...options }: PublishOptions & { note?: string }
): Promise<Course> {
  const { course, files, keys } = withKnownIds(old, imported);
  const edition = { number: (old.edition?.number ?? 1) + 1, since: new Date().toISOString(), note };
  const kept = old.withdrawn === undefined ? {} : { withdrawn: old.withdrawn };
  return publishCourse(
    parts,
    { ...imported, course: { ...course, ...kept, edition }, files, ...(keys && { keys }) },
    { ...options, id: suffixOf(old._id) }
  );
}
