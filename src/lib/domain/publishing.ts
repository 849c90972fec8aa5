import * as v from 'valibot';
import { courseFields, type ChapterEntry, type Course } from './documents/course.ts';
import { line, sha256, text, timestamp, uuid } from './documents/fields.ts';
import { quiz } from './documents/quiz.ts';

/** What `/api/publishing` takes and answers: courses on their way into the catalogue, for publishers. */

/** Bytes of an upload that travel in one request: what a weak link moves in a minute. */
export const UPLOAD_PIECE = 1024 * 1024;

export const DRAFT_STATES = ['receiving', 'importing', 'ready', 'refused'] as const;

const {
  title,
  summary,
  publisher,
  language,
  direction,
  kind,
  topics,
  learningHours,
  minutes,
  level,
  competencies,
  cover,
  chapters,
  modules,
  study,
  size,
  source
} = courseFields;

/** A course before it is published: what its publisher says of it, and its chapters. */
export const courseContent = v.object({
  title,
  summary,
  publisher: v.optional(publisher),
  language,
  direction,
  kind,
  topics: v.optional(topics),
  learningHours: v.optional(learningHours),
  minutes,
  level,
  competencies,
  cover,
  chapters,
  modules,
  study,
  size,
  source
});

export const draftRow = v.object({
  id: uuid,
  title: v.string(),
  state: v.picklist(DRAFT_STATES),
  /** Bytes that have come, of how many. */
  received: v.number(),
  size: v.number(),
  refusal: v.optional(v.object({ code: v.string(), message: v.string() })),
  changedAt: timestamp,
  /** The course that this is a new edition of. */
  of: v.optional(v.string())
});

export const draft = v.object({
  ...draftRow.entries,
  rev: v.string(),
  course: v.optional(courseContent),
  removed: v.array(v.string()),
  /** The quizzes and evaluations of the course by chapter, with their keys. */
  quizzes: v.optional(v.record(v.string(), quiz)),
  /** Whether the server can make recordings smaller. */
  canTranscode: v.boolean(),
  /** What making it smaller has brought, in bytes. */
  smaller: v.optional(v.object({ before: v.number(), after: v.number() }))
});

export const publishedRow = v.object({
  id: v.string(),
  title: v.string(),
  publishedAt: timestamp,
  edition: v.optional(v.number()),
  withdrawn: v.optional(timestamp),
  size: v.number(),
  chapters: v.number()
});

export const publishingList = v.object({ drafts: v.array(draftRow), courses: v.array(publishedRow) });

export const newUpload = v.object({
  name: line(300),
  size: v.pipe(v.number(), v.integer(), v.minValue(1)),
  of: v.optional(v.pipe(v.string(), v.startsWith('course:'), v.maxLength(100)))
});

/** What a publisher changes of a draft: chapters by their ids, in the order that they shall have. */
export const draftEdit = v.object({
  rev: v.string(),
  title,
  summary,
  publisher,
  kind,
  topics,
  learningHours,
  level,
  competencies,
  chapters: v.pipe(v.array(v.object({ id: line(100), title: line(300) })), v.minLength(1)),
  modules,
  study,
  quizzes: v.optional(v.record(line(100), quiz))
});

export const publishRequest = v.object({ note: v.optional(text(500)) });
export const smallerRequest = v.object({ what: v.picklist(['pictures', 'recordings']) });
export const received = v.object({ received: v.number() });
export const draftFile = sha256;

export type DraftRow = v.InferOutput<typeof draftRow>;
export type Draft = v.InferOutput<typeof draft>;
export type DraftCourse = v.InferOutput<typeof courseContent>;
export type DraftEdit = v.InferOutput<typeof draftEdit>;
export type PublishedRow = v.InferOutput<typeof publishedRow>;
export type PublishingList = v.InferOutput<typeof publishingList>;

/** Modules without the chapters that are gone, and without what waits for modules that are gone. */
export function fittingModules(
  modules: Course['modules'],
  chapters: readonly Pick<ChapterEntry, 'id'>[]
): Course['modules'] {
  const there = new Set(chapters.map(({ id }) => id));
  const kept = modules?.map((one) => ({ ...one, chapters: one.chapters.filter((id) => there.has(id)) }));
  const filled = kept?.filter((one) => one.chapters.length > 0);
  const ids = new Set(filled?.map(({ id }) => id));
  return filled?.length ? filled.map((one) => ({ ...one, after: one.after.filter((id) => ids.has(id)) })) : undefined;
}
