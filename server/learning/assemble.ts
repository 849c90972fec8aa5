import * as v from 'valibot';
import { assertChapter, type Chapter, type ChapterNode } from '../../src/lib/domain/documents/chapter.ts';
import { chapterEntry, type Course, type MediaFile } from '../../src/lib/domain/documents/course.ts';
import { sha256Of } from './text.ts';
import { walk } from './tree.ts';
import { ImportRefused, type CourseFile, type ImportedCourse } from './types.ts';

/** Media type of a chapter file. */
export const CHAPTER_TYPE = 'application/json';

export interface ChapterDraft {
  id: string;
  title: string;
  nodes: ChapterNode[];
}

type Facts = Omit<ImportedCourse['course'], 'chapters' | 'size' | 'cover'>;

/**
 * Turns chapter trees and pictures into the course's files and entries. Only pictures that a chapter or the cover
 * shows become files of the course; `size` counts each distinct file once.
 * @param pictures by SHA-256
 */
export function assemble(
  facts: Facts,
  drafts: ChapterDraft[],
  pictures: Map<string, CourseFile>,
  cover?: CourseFile
): Pick<ImportedCourse, 'course' | 'files'> {
  const files = new Map<string, CourseFile>();
  const keep = (file: CourseFile): MediaFile => {
    files.set(file.sha256, file);
    return { sha256: file.sha256, size: file.body.byteLength, type: file.type };
  };
  const chapters: Course['chapters'] = drafts.map(({ id, title, nodes }) => {
    const shown = new Set<string>();
    walk(nodes, (name, { src }) => {
      if (name === 'img' && src) shown.add(src);
    });
    const images = [...shown].map((sha256) => {
      const picture = pictures.get(sha256);
      if (!picture) throw new Error(`The chapter ${id} shows a picture that was not read: ${sha256}`);
      return keep(picture);
    });
    return { id, title, form: 'text', file: keep(chapterFile({ version: 1, title, nodes })), images };
  });
  if (chapters.length === 0) throw new ImportRefused('no-chapters', 'The file has no chapter that could be read.');
  v.parse(v.array(chapterEntry), chapters);
  const coverFile = cover && keep(cover);
  const size = [...files.values()].reduce((sum, file) => sum + file.body.byteLength, 0);
  return { course: { ...facts, chapters, ...(coverFile && { cover: coverFile }), size }, files: [...files.values()] };
}

function chapterFile(chapter: Chapter): CourseFile {
  assertChapter(chapter);
  const body = new TextEncoder().encode(JSON.stringify(chapter));
  return { sha256: sha256Of(body), type: CHAPTER_TYPE, body };
}
