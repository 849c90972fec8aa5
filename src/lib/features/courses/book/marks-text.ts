import type { Course } from '$lib/domain/documents/course';
import type { Mark } from '$lib/domain/documents/mark';

/** Marks in the order of the book: chapters as they stand there, what is in no chapter any more at the end. */
export function inOrder<T extends { doc: Mark }>(course: Course, marks: readonly T[]): T[] {
  const places = new Map(course.chapters.map(({ id }, index) => [id, index]));
  const place = ({ doc }: T) => places.get(doc.chapter) ?? places.size;
  return [...marks].sort((a, b) => place(a) - place(b) || a.doc.from - b.doc.from);
}

/** The marks of a book as a text to keep elsewhere: its title, then the quotes of each chapter with their notes. */
export function marksText(course: Course, marks: readonly { doc: Mark }[]): string {
  const titles = new Map(course.chapters.map(({ id, title }) => [id, title]));
  const lines = [course.title, ''];
  let chapter: string | undefined;
  for (const { doc } of inOrder(course, marks)) {
    if (doc.chapter !== chapter) lines.push(`## ${titles.get(doc.chapter) ?? doc.chapter}`, '');
    chapter = doc.chapter;
    const notes = doc.note.versions.map(({ text }) => text.trim()).filter((text) => text !== '');
    lines.push(...doc.quote.split('\n').map((line) => `> ${line}`), '', ...notes.flatMap((note) => [note, '']));
  }
  return lines.join('\n');
}
