import * as v from 'valibot';
import { base, bytes, growing, idOf, key, line, sha256, text, timestamp } from './fields.ts';

/**
 * A file of a course, addressed by the SHA-256 of its content: `GET /media/<sha256>`. A long file has a manifest
 * (`pieces.ts`), a small file of its own that lists the hashes of its pieces.
 */
export const mediaFile = growing({
  sha256,
  size: bytes,
  type: v.pipe(v.string(), v.maxLength(100)),
  manifest: v.optional(growing({ sha256, size: bytes }))
});

/** What a course is in the library: the kinds that SmartASN names (domain.md §1.2), and a course to be finished. */
export const COURSE_KINDS = ['course', 'book', 'audiobook', 'podcast', 'talkshow', 'video'] as const;

/** What a chapter is made of, which says how it is shown. */
export const FORMS = ['text', 'audio', 'video', 'document', 'package', 'quiz', 'evaluation', 'assignment'] as const;

/** Ways to take a recording along, from the smallest to the largest. */
export const QUALITIES = ['audio', 'low', 'high'] as const;

export const LEVELS = ['dasar', 'menengah', 'lanjut'] as const;

/**
 * One chapter. `file` is what its form needs first: a chapter tree (`chapter.ts`), a recording, a PDF, a package's
 * descriptor, a quiz (`quiz.ts`, without keys in an evaluation), an assignment's chapter tree. `images` are all further
 * files that it shows, by content.
 */
export const chapterEntry = growing({
  id: line(100),
  title: line(300),
  form: v.picklist(FORMS),
  /** How deep it stands in the table of contents; 0, the default, is the top. */
  level: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(9))),
  file: mediaFile,
  images: v.array(mediaFile),
  /** How long it takes, in minutes. */
  minutes: v.optional(v.pipe(v.number(), v.minValue(0))),
  /** How many pages a document has. */
  pages: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  /** The same recording in other qualities than `file`, which is the best. */
  variants: v.optional(v.array(growing({ quality: v.picklist(QUALITIES), file: mediaFile }))),
  /** A recording's words as a chapter tree, and its captions as WebVTT. */
  transcript: v.optional(mediaFile),
  captions: v.optional(v.array(growing({ language: line(35), file: mediaFile })))
});

/** Chapters that open together, once the modules of `after` are finished. Chapters of no module are always open. */
export const courseModule = growing({
  id: line(100),
  title: line(300),
  chapters: v.array(line(100)),
  after: v.array(line(100))
});

const days = growing({
  from: v.pipe(v.number(), v.integer(), v.minValue(1)),
  to: v.pipe(v.number(), v.integer(), v.minValue(1)),
  attempts: v.pipe(v.number(), v.integer(), v.minValue(1))
});

/**
 * How a course is finished (domain.md §2.2). Days count from 1, the day of the first chapter by the server's clock. An
 * evaluation may be taken in the regular days and, by who has not passed, in the remedial ones.
 */
export const studyRules = growing({
  regular: v.optional(days),
  remedial: v.optional(days),
  certificate: v.boolean()
});

/** A course in the catalogue: `course:<uuid>`. `size` is what taking it offline moves, in bytes. */
export const courseFields = {
  ...base('course'),
  title: line(300),
  summary: text(2_000),
  publisher: line(200),
  language: v.pipe(v.string(), v.regex(/^[a-zA-Z]{2,3}(-[A-Za-z0-9-]{2,})?$/)),
  direction: v.picklist(['ltr', 'rtl']),
  kind: v.picklist(COURSE_KINDS),
  topics: v.array(line(60)),
  learningHours: v.pipe(v.number(), v.minValue(0)),
  minutes: v.optional(v.pipe(v.number(), v.minValue(0))),
  level: v.optional(v.picklist(LEVELS)),
  /** Competencies of `domain/rules/competencies.ts` with the level that the course leads to, 1 to 5. */
  competencies: v.optional(
    v.array(growing({ code: key, level: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5)) }))
  ),
  cover: v.optional(mediaFile),
  chapters: v.pipe(v.array(chapterEntry), v.minLength(1), v.maxLength(2_000)),
  modules: v.optional(v.array(courseModule)),
  study: v.optional(studyRules),
  size: bytes,
  publishedAt: timestamp,
  /** Which edition this is, since when, and what has changed. */
  edition: v.optional(
    growing({ number: v.pipe(v.number(), v.integer(), v.minValue(1)), since: timestamp, note: text(500) })
  ),
  /** Since when nobody can begin it any more; who is in it may finish. */
  withdrawn: v.optional(timestamp),
  /** The channel in which it is talked about. */
  channel: v.optional(key),
  source: v.optional(text(500))
};

export const course = growing(courseFields);

/** A channel as its members see it: `channel:<uuid>` in its own database. */
export const channelInfo = growing({
  ...base('channel'),
  _id: idOf('channel'),
  title: line(200),
  kind: v.picklist(['national', 'agency', 'unit', 'community']),
  about: text(2_000),
  region: v.optional(line(20))
});

export type CourseKind = (typeof COURSE_KINDS)[number];
export type Form = (typeof FORMS)[number];
export type Quality = (typeof QUALITIES)[number];
export type Course = v.InferOutput<typeof course>;
export type CourseModule = v.InferOutput<typeof courseModule>;
export type StudyRules = v.InferOutput<typeof studyRules>;
export type ChapterEntry = v.InferOutput<typeof chapterEntry>;
export type MediaFile = v.InferOutput<typeof mediaFile>;
export type ChannelInfo = v.InferOutput<typeof channelInfo>;
