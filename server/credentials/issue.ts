import { makeBadge, type Issuer } from '../../src/lib/domain/credentials/badge.ts';
import { signJws } from '../../src/lib/domain/credentials/jws.ts';
import { numberOf } from '../../src/lib/domain/credentials/number.ts';
import type { Certificate } from '../../src/lib/domain/documents/certificate.ts';
import type { Course } from '../../src/lib/domain/documents/course.ts';
import { SCHEMAS } from '../../src/lib/domain/documents/versions.ts';
import { suffixOf } from '../../src/lib/domain/ids.ts';
import { competencyName, levelName } from '../../src/lib/domain/rules/competency-names.ts';
import type { Person } from '../registry/types.ts';
import { kidOf } from './issuer.ts';
import type { IssuerKeys } from './keys.ts';
import { recordId, type CertificateRecord, type CertificateRecords } from './records.ts';

export interface IssueParts {
  records: CertificateRecords;
  keys: IssuerKeys;
  issuer: Issuer;
}

/** Issues the certificate for a finished course, once for a person and a course, or finds the one that there is. */
export type Issue = (person: Person, course: Course, now: string) => Promise<Certificate>;

/** What had to be done, in the language of the certificate. */
const narrativeOf = ({ chapters }: Course): string => {
  const judged = chapters.filter(({ form }) => form === 'evaluation' || form === 'assignment').length;
  return judged > 0
    ? `Menyelesaikan ${chapters.length} bab, lulus semua evaluasi, dan semua tugas diterima.`
    : `Menyelesaikan ${chapters.length} bab.`;
};

async function make({ keys, issuer }: IssueParts, person: Person, course: Course, now: string) {
  const credential = crypto.randomUUID();
  const number = numberOf(credential, new Date(now).getUTCFullYear());
  const { id, key } = await keys.signing();
  const payload = await makeBadge(issuer, {
    id: credential,
    subject: crypto.randomUUID(),
    number,
    issuedAt: now,
    name: person.record.name?.value ?? person.name,
    course: suffixOf(course._id),
    title: course.title,
    publisher: course.publisher,
    language: course.language,
    learningHours: course.learningHours,
    narrative: narrativeOf(course),
    competencies: (course.competencies ?? []).map(({ code, level }) => ({
      code,
      level,
      name: `${competencyName(code)}, tingkat ${levelName(level)}`
    }))
  });
  return { credential, number, jws: await signJws(payload, key, kidOf(issuer, id)) };
}

/** The document of the person's own database. */
export const certificateOf = (record: CertificateRecord, revoked?: string): Certificate => ({
  _id: record._id,
  type: 'certificate',
  schema: SCHEMAS.certificate,
  createdAt: record.issuedAt,
  zone: 'UTC',
  course: record.course,
  title: record.title,
  publisher: record.publisher,
  learningHours: record.learningHours,
  number: record.number,
  issuedAt: record.issuedAt,
  credential: record.jws,
  ...(revoked && { revoked })
});

export function makeIssue(parts: IssueParts): Issue {
  const { records } = parts;
  return async (person, course, now) => {
    const edition = course.edition?.number ?? 1;
    const earlier = await records.of(person.id, course._id, edition);
    if (earlier) return certificateOf(earlier, await records.revokedAt(earlier.credential));
    const { title, publisher, learningHours } = course;
    const kept = await records.keep({
      _id: await recordId(person.id, course._id, edition),
      type: 'certificate',
      person: person.id,
      course: course._id,
      edition,
      ...{ title, publisher, learningHours },
      issuedAt: now,
      ...(await make(parts, person, course, now))
    });
    return certificateOf(kept);
  };
}
