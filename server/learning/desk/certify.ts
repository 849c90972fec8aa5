import { CATALOGUE } from '../../../src/lib/domain/databases.ts';
import type { Certificate } from '../../../src/lib/domain/documents/certificate.ts';
import type { Course } from '../../../src/lib/domain/documents/course.ts';
import type { Grade } from '../../../src/lib/domain/documents/grade.ts';
import { parseOwn, parseShared } from '../../../src/lib/domain/documents/index.ts';
import type { Progress } from '../../../src/lib/domain/documents/progress.ts';
import { docId, suffixOf } from '../../../src/lib/domain/ids.ts';
import { isFinished } from '../../../src/lib/domain/rules/finished.ts';
import type { Couch } from '../../couch/types.ts';
import { openDatabase, type Database, type Stored } from '../../registry/database.ts';
import type { FollowUp, Learning } from './types.ts';

async function courseOf(couch: Couch, id: string): Promise<Course | undefined> {
  const parsed = parseShared(await openDatabase(couch, 'courier', CATALOGUE).get(id));
  return parsed?.type === 'course' ? parsed : undefined;
}

/** Her way through the course: as it was brought here, with all its versions merged, or as it stands. */
async function wayOf(document: Learning, own: Database): Promise<Progress | undefined> {
  if (document.type === 'progress') return document;
  const parsed = parseOwn(await own.get(docId('progress', suffixOf(document.course))));
  return parsed?.type === 'progress' ? parsed : undefined;
}

/** A course that is finished brings its certificate, once. The last: it finds the grades that were given just now. */
export const certify: FollowUp = async (document, person, { couch, own, issue, now }) => {
  const course = await courseOf(couch, document.course);
  if (!course?.study?.certificate) return [];
  const held = await own.byPrefix<Stored & Certificate>('certificate:');
  if (held.some((one) => one.course === course._id)) return [];
  const [way, grades] = await Promise.all([wayOf(document, own), own.byPrefix<Stored & Grade>('grade:')]);
  return isFinished(course, way, grades) ? [await issue(person, course, now)] : [];
};
