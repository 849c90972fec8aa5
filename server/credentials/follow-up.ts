import { CATALOGUE } from '../../src/lib/domain/databases.ts';
import type { Certificate } from '../../src/lib/domain/documents/certificate.ts';
import type { Course } from '../../src/lib/domain/documents/course.ts';
import type { Grade } from '../../src/lib/domain/documents/grade.ts';
import { parseOwn, parseShared } from '../../src/lib/domain/documents/index.ts';
import type { Progress } from '../../src/lib/domain/documents/progress.ts';
import { docId, suffixOf } from '../../src/lib/domain/ids.ts';
import { isFinished } from '../../src/lib/domain/rules/finished.ts';
import type { Couch } from '../couch/types.ts';
import { openDatabase, type Database, type Stored } from '../registry/database.ts';
import type { Person } from '../registry/types.ts';
import type { Issue } from './issue.ts';

export interface FollowUp {
  person: Person;
  /** Her database. */
  own: Database;
  /** Courses in which something of hers has changed. */
  courses: readonly string[];
  /** Grades that are given now and do not stand in her database yet. */
  grades: readonly Grade[];
  /** The server's clock, ISO 8601 UTC. */
  now: string;
}

/** The certificates of courses that are finished now and of which none stands in her database. */
export type FollowUps = (about: FollowUp) => Promise<Certificate[]>;

const asCourse = (doc: unknown): Course | undefined => {
  const parsed = parseShared(doc);
  return parsed?.type === 'course' ? parsed : undefined;
};

const asProgress = (doc: unknown): Progress | undefined => {
  const parsed = parseOwn(doc);
  return parsed?.type === 'progress' ? parsed : undefined;
};

/** Makes certificates follow from what persons finish. Doing it again, here or in another courier, finds the same. */
export function makeFollowUps(couch: Couch, issue: Issue): FollowUps {
  const catalogue = openDatabase(couch, 'courier', CATALOGUE);

  return async ({ person, own, courses, grades, now }) => {
    const found = await catalogue.byIds<Stored>([...new Set(courses)]);
    const granting = [...found.values()].map(asCourse).filter((course) => course?.study?.certificate === true);
    if (granting.length === 0) return [];
    const wanted = granting.flatMap((course) => (course ? [docId('progress', suffixOf(course._id))] : []));
    const [progress, given, held] = await Promise.all([
      own.byIds<Stored>(wanted),
      own.byPrefix<Stored & Grade>('grade:'),
      own.byPrefix<Stored & Certificate>('certificate:')
    ]);
    const has = new Set(held.map(({ course }) => course));
    const all = [...given, ...grades];
    const made: Certificate[] = [];
    for (const course of granting) {
      if (!course || has.has(course._id)) continue;
      const way = asProgress(progress.get(docId('progress', suffixOf(course._id))));
      if (isFinished(course, way, all)) made.push(await issue(person, course, now));
    }
    return made;
  };
}
