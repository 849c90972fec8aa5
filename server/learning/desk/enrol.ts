import type { Enrolment } from '../../../src/lib/domain/documents/enrolment.ts';
import { SCHEMAS } from '../../../src/lib/domain/documents/versions.ts';
import { docId, suffixOf, UUID_PATTERN } from '../../../src/lib/domain/ids.ts';
import type { FollowUp } from './types.ts';

export const enrolmentId = (course: string): string => docId('enrolment', suffixOf(course));

/** The first that the server hears of a person in a course makes her first day there. */
export const enrol: FollowUp = async ({ course, zone }, _person, { own, now }) => {
  const _id = enrolmentId(course);
  if (!UUID_PATTERN.test(suffixOf(course)) || (await own.get(_id))) return [];
  const first: Enrolment = {
    ...{ _id, type: 'enrolment', schema: SCHEMAS.enrolment, createdAt: now, zone },
    ...{ course, startedAt: now }
  };
  return [first];
};
