import type { Course } from '$lib/domain/documents/course';
import { finishedAt } from '$lib/domain/rules/finished';
import type { Certificate } from '$lib/domain/documents/certificate';
import type { Study } from '$lib/domain/documents/study';
import type { PersonRecord } from '$lib/domain/documents/record';
import type { Studied } from '$lib/domain/xapi/derive';
import type { OwnType } from '$lib/domain/documents/index';
import type { OwnOf, Store } from '$lib/store/types';

/** All that a learning record is made of. */
export interface LearningRecord extends Studied {
  studies: readonly Study[];
  fields: PersonRecord['fields'];
}

type Reads = Pick<Store, 'ownItems' | 'inboxDocs' | 'courses' | 'record'>;

export async function loadRecord(store: Reads): Promise<LearningRecord> {
  const own = async <T extends OwnType>(type: T): Promise<OwnOf<T>[]> =>
    (await store.ownItems(type)).map(({ doc }) => doc);
  const [progress, attempts, submissions, runtimes, marks, studies] = await Promise.all([
    own('progress'),
    own('attempt'),
    own('submission'),
    own('runtime'),
    own('mark'),
    own('study')
  ]);
  const [grades, certificates, courses, record] = await Promise.all([
    store.inboxDocs('grade'),
    store.inboxDocs('certificate'),
    store.courses(),
    store.record()
  ]);
  const fields = record?.fields ?? {};
  return { progress, attempts, submissions, runtimes, marks, studies, grades, certificates, courses, fields };
}

/** A certificate that was taken back counts nothing. */
export const isStanding = ({ revoked }: Certificate): boolean => revoked === undefined;

/** A finished course, with its certificate where it brought one. */
export interface Finished {
  id: string;
  title: string;
  at: string;
  hours: number;
  certificate?: Certificate;
}

/** Courses that are finished, the newest first; one that is no longer in the catalogue by its certificate. */
export function finishedCourses({ courses, progress, grades, certificates }: LearningRecord): Finished[] {
  const earned = new Map(certificates.filter(isStanding).map((one) => [one.course, one]));
  const ways = new Map(progress.map((one) => [one.course, one]));
  const without = ({ _id, title, chapters, learningHours }: Course): Finished[] => {
    const at = earned.has(_id) ? undefined : finishedAt({ _id, chapters }, ways.get(_id), grades);
    return at ? [{ id: _id, title, at, hours: learningHours }] : [];
  };
  const withOne = [...earned.values()].map((certificate): Finished => {
    const { course, title, issuedAt, learningHours } = certificate;
    return { id: course, title, at: issuedAt, hours: learningHours, certificate };
  });
  return [...withOne, ...courses.flatMap(without)].sort((a, b) => (a.at > b.at ? -1 : 1));
}
