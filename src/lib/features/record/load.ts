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
