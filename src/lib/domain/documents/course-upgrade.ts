import type { Upgrade } from './versions.ts';

/** Schema 1 knew books and courses of text chapters alone, and named them by the format they came in. */
export const courseFrom1: Upgrade = (doc) => ({
  ...doc,
  schema: 2,
  kind: doc.kind === 'epub' ? 'book' : 'course',
  chapters: Array.isArray(doc.chapters)
    ? doc.chapters.map((chapter: unknown) => ({ ...(chapter as object), form: 'text' }))
    : doc.chapters
});
