import type { Grade } from '../../../src/lib/domain/documents/grade.ts';
import { SCHEMAS } from '../../../src/lib/domain/documents/versions.ts';
import { docId, suffixOf } from '../../../src/lib/domain/ids.ts';

/** What the server says about something that was handed in. */
export interface Outcome extends Pick<Grade, 'status' | 'score' | 'correct' | 'remaining' | 'reason'> {
  /** When it may be tried again, ms since 1970. */
  opensAt?: number;
}

export const gradeId = (of: string): string => docId('grade', suffixOf(of));

export function makeGrade(
  of: { _id: string; course: string; chapter: string },
  { opensAt, ...outcome }: Outcome,
  at: string
): Grade {
  return {
    ...{ _id: gradeId(of._id), type: 'grade', schema: SCHEMAS.grade, createdAt: at, zone: 'UTC' },
    ...{ of: of._id, course: of.course, chapter: of.chapter },
    ...outcome,
    ...(opensAt !== undefined && { opensAt: new Date(opensAt).toISOString() }),
    at
  };
}
