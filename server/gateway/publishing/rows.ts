import type { Course } from '../../../src/lib/domain/documents/course.ts';
import type { PublishedRow } from '../../../src/lib/domain/publishing.ts';

/** A published course as the publishers' desk lists it. */
export const rowOf = ({ _id, title, publishedAt, edition, withdrawn, size, chapters }: Course): PublishedRow => ({
  id: _id,
  title,
  publishedAt,
  size,
  chapters: chapters.length,
  ...(edition && { edition: edition.number }),
  ...(withdrawn !== undefined && { withdrawn })
});
