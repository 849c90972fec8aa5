import type { Course } from '../../src/lib/domain/documents/course.ts';
import type { Quiz } from '../../src/lib/domain/documents/quiz.ts';
import { printable } from './text.ts';

export interface CourseFile {
  sha256: string;
  type: string;
  body: Uint8Array;
}

/** An evaluation with its keys, by the file without them that devices get. */
export interface AnswerKey {
  chapter: string;
  /** SHA-256 of the file without keys. */
  file: string;
  quiz: Quiz;
}

/** A course as an importer found it: everything of the document but what publishing adds, and the files it names. */
export interface ImportedCourse {
  course: Omit<
    Course,
    '_id' | '_rev' | 'type' | 'schema' | 'createdAt' | 'zone' | 'publisher' | 'publishedAt' | 'topics' | 'learningHours'
  > &
    Partial<Pick<Course, 'topics' | 'learningHours' | 'publisher'>>;
  files: CourseFile[];
  /** Keys of its evaluations: they are in none of the files. */
  keys?: AnswerKey[];
  /** SHA-256 of the imported file: importing the same file again updates the same course. */
  fingerprint: string;
  /** What was left out of the file for safety, for the publisher to read (scripts, remote pictures, …). */
  removed: string[];
}

export const REFUSALS = [
  'not-a-zip',
  'unsafe-name',
  'too-large',
  'broken-xml',
  'encrypted',
  'no-chapters',
  'unreadable',
  'unknown-kind',
  'too-slow'
] as const;
export type RefusalCode = (typeof REFUSALS)[number];

/** A file that cannot become a course. `code` has words in the CLI; `message` says what to do. Nothing was stored. */
export class ImportRefused extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(printable(message));
    this.code = code;
  }
}
