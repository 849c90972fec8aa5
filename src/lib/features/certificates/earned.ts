import type { Certificate } from '$lib/domain/documents/certificate';
import type { Course } from '$lib/domain/documents/course';
import type { Progress } from '$lib/domain/documents/progress';
import { docId, suffixOf } from '$lib/domain/ids';
import { isFinished } from '$lib/domain/rules/finished';
import type { Store } from '$lib/store/types';

type Reads = Pick<Store, 'inboxDocs' | 'ownItems' | 'courses' | 'ownItem'>;

/** Certificates of a person, newest first. */
export const earnedBy = async (store: Reads): Promise<Certificate[]> =>
  (await store.inboxDocs('certificate')).sort((a, b) => (a.issuedAt > b.issuedAt ? -1 : 1));

/** Her certificates, and finished courses whose certificate the server has still to make. */
export async function earnedAndWaiting(store: Reads): Promise<{ earned: Certificate[]; waiting: Course[] }> {
  const [earned, courses, progress, grades] = await Promise.all([
    earnedBy(store),
    store.courses(),
    store.ownItems('progress'),
    store.inboxDocs('grade')
  ]);
  const own = new Map(progress.map(({ doc }) => [doc.course, doc]));
  const has = new Set(earned.map(({ course }) => course));
  const waiting = courses.filter(
    (course) => course.study?.certificate && !has.has(course._id) && isFinished(course, own.get(course._id), grades)
  );
  return { earned, waiting };
}

export type CertificateState =
  { kind: 'promised' } | { kind: 'waiting' } | { kind: 'earned'; certificate: Certificate };

/** How a course's certificate stands for this person. */
export async function certificateState(store: Reads, course: Course): Promise<CertificateState> {
  const certificate = (await earnedBy(store)).find((one) => one.course === course._id);
  if (certificate) return { kind: 'earned', certificate };
  const progress = await store.ownItem<Progress>(docId('progress', suffixOf(course._id)));
  const grades = await store.inboxDocs('grade');
  return { kind: isFinished(course, progress?.doc, grades) ? 'waiting' : 'promised' };
}
