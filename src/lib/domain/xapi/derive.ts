import type { Attempt } from '../documents/attempt.ts';
import type { Certificate } from '../documents/certificate.ts';
import type { ChapterEntry, Course, Form } from '../documents/course.ts';
import type { Grade } from '../documents/grade.ts';
import type { Mark } from '../documents/mark.ts';
import type { Progress } from '../documents/progress.ts';
import type { Runtime } from '../documents/runtime.ts';
import type { Submission } from '../documents/submission.ts';
import { suffixOf, timeOfUuid } from '../ids.ts';
import { finishedAt } from '../rules/finished.ts';
import { currentText } from '../merge/text-register.ts';
import { isoDuration, statementOf, type Activity, type Happening, type Statement, type Subject } from './statement.ts';
import { ACTIVITY_TYPES, VERBS } from './verbs.ts';

/** What a person has from studying; statements follow from it alone, so that every device derives the same. */
export interface Studied {
  courses: readonly Course[];
  progress: readonly Progress[];
  attempts: readonly Attempt[];
  submissions: readonly Submission[];
  runtimes: readonly Runtime[];
  marks: readonly Mark[];
  grades: readonly Grade[];
  certificates: readonly Certificate[];
}

const TYPES: Record<Form, string> = {
  text: ACTIVITY_TYPES.module,
  audio: ACTIVITY_TYPES.media,
  video: ACTIVITY_TYPES.media,
  document: ACTIVITY_TYPES.module,
  package: ACTIVITY_TYPES.module,
  quiz: ACTIVITY_TYPES.assessment,
  evaluation: ACTIVITY_TYPES.assessment,
  assignment: ACTIVITY_TYPES.assessment
};

const activity = (id: string, name: string, type: string, language: string): Activity => ({
  objectType: 'Activity',
  id,
  definition: { name: { [language]: name }, type }
});

/** Names activities by their addresses; what is no longer in the catalogue keeps its address and loses its name. */
function namesOf(courses: readonly Course[], home: string) {
  const known = new Map(courses.map((course) => [course._id, course]));
  const address = (id: string): string => `${home}/courses/${suffixOf(id)}`;
  return {
    language: (id: string): string => known.get(id)?.language ?? 'id',
    chapters: (id: string): ChapterEntry[] => known.get(id)?.chapters ?? [],
    course(id: string): Activity {
      const course = known.get(id);
      return activity(address(id), course?.title ?? suffixOf(id), ACTIVITY_TYPES.course, course?.language ?? 'id');
    },
    chapter(id: string, chapter: string): Activity {
      const entry = known.get(id)?.chapters.find((one) => one.id === chapter);
      const place = `${address(id)}/read?chapter=${encodeURIComponent(chapter)}`;
      const type = entry ? TYPES[entry.form] : ACTIVITY_TYPES.module;
      return activity(place, entry?.title ?? chapter, type, known.get(id)?.language ?? 'id');
    }
  };
}

type Names = ReturnType<typeof namesOf>;

const atEdit = (edit: string): string => new Date(timeOfUuid(edit)).toISOString();

/** Something that happened in a chapter of a course. */
const inChapter = (
  names: Names,
  { course, chapter }: { course: string; chapter: string },
  rest: Pick<Happening, 'from' | 'at' | 'verb' | 'result'>
): Happening => ({
  ...rest,
  object: names.chapter(course, chapter),
  parent: names.course(course),
  language: names.language(course)
});

function ofProgress(names: Names, { _id, course, createdAt, done }: Progress, grades: readonly Grade[]): Happening[] {
  const [object, language] = [names.course(course), names.language(course)];
  const chapters = Object.entries(done).map(([chapter, at]) =>
    inChapter(
      names,
      { course, chapter },
      { from: `${_id} ${chapter}`, at, verb: VERBS.completed, result: { completion: true } }
    )
  );
  const at = finishedAt({ _id: course, chapters: names.chapters(course) }, { done }, grades);
  return [
    { from: _id, at: createdAt, verb: VERBS.initialized, object, language },
    ...chapters,
    ...(at ? [{ from: _id, at, verb: VERBS.completed, object, language, result: { completion: true } }] : [])
  ];
}

function ofAttempt(names: Names, attempt: Attempt): Happening {
  const { _id, edit, startedAt, finishedAt, score } = attempt;
  const duration = isoDuration((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000);
  const result = { duration, ...(score !== undefined && { score: { scaled: score } }) };
  return inChapter(names, attempt, { from: `${_id} ${edit}`, at: finishedAt, verb: VERBS.attempted, result });
}

function ofGrade(names: Names, grade: Grade): Happening[] {
  const { _id, status, at, score } = grade;
  // Refused is not judged.
  if (status === 'refused') return [];
  const success = status === 'passed';
  const result = { success, ...(score !== undefined && { score: { scaled: score } }) };
  return [inChapter(names, grade, { from: `${_id} ${at}`, at, verb: success ? VERBS.passed : VERBS.failed, result })];
}

function ofRuntime(names: Names, { _id, course, entries }: Runtime): Happening[] {
  return Object.entries(entries).flatMap(([chapter, entry]) => {
    const { completed, success, score, seconds, data } = entry;
    const base = { from: `${_id} ${chapter} ${data.edit}`, at: atEdit(data.edit) };
    const result = { duration: isoDuration(seconds), ...(score !== null && { score: { scaled: score } }) };
    const told: Pick<Happening, 'verb' | 'result'>[] = [
      ...(completed ? [{ verb: VERBS.completed, result: { ...result, completion: true } }] : []),
      ...(success === 'unknown' ? [] : [{ verb: VERBS[success], result: { ...result, success: success === 'passed' } }])
    ];
    return told.map((one) => inChapter(names, { course, chapter }, { ...base, ...one }));
  });
}

function ofMark(names: Names, mark: Mark): Happening[] {
  const { _id, edit, createdAt, note, quote } = mark;
  const text = currentText(note);
  return [
    inChapter(names, mark, { from: _id, at: createdAt, verb: VERBS.highlighted, result: { response: quote } }),
    ...(text.trim()
      ? [
          inChapter(names, mark, {
            from: `${_id} ${edit}`,
            at: atEdit(edit),
            verb: VERBS.noted,
            result: { response: text }
          })
        ]
      : [])
  ];
}

const ofSubmission = (names: Names, submission: Submission): Happening =>
  inChapter(names, submission, {
    from: `${submission._id} ${submission.file.edit}`,
    at: atEdit(submission.file.edit),
    verb: VERBS.submitted
  });

const ofCertificate = (
  names: Names,
  home: string,
  { _id, course, number, title, issuedAt }: Certificate
): Happening => ({
  from: _id,
  at: issuedAt,
  verb: VERBS.earned,
  object: activity(
    `${home}/verify#${encodeURIComponent(number)}`,
    title,
    ACTIVITY_TYPES.certificate,
    names.language(course)
  ),
  parent: names.course(course),
  language: names.language(course)
});

/** Everything that a person did, oldest first. */
export async function statementsOf(subject: Subject, studied: Studied): Promise<Statement[]> {
  const names = namesOf(studied.courses, subject.home);
  const happenings = [
    ...studied.progress.flatMap((one) => ofProgress(names, one, studied.grades)),
    ...studied.attempts.map((one) => ofAttempt(names, one)),
    ...studied.grades.flatMap((one) => ofGrade(names, one)),
    ...studied.submissions.map((one) => ofSubmission(names, one)),
    ...studied.runtimes.flatMap((one) => ofRuntime(names, one)),
    ...studied.marks.flatMap((one) => ofMark(names, one)),
    ...studied.certificates.map((one) => ofCertificate(names, subject.home, one))
  ];
  const statements = await Promise.all(happenings.map((one) => statementOf(subject, one)));
  return statements.sort((a, b) =>
    a.timestamp < b.timestamp ? -1 : a.timestamp > b.timestamp ? 1 : a.id < b.id ? -1 : 1
  );
}
