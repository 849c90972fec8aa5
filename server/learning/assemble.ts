import * as v from 'valibot';
import { assertChapter, type Chapter, type ChapterNode } from '../../src/lib/domain/documents/chapter.ts';
import { chapterEntry, type ChapterEntry, type Course, type MediaFile } from '../../src/lib/domain/documents/course.ts';
import { nodesOfQuiz, quizFile, type QuizDraft } from './quiz-file.ts';
import { jsonFile } from './text.ts';
import { walk } from './tree.ts';
import { ImportRefused, type AnswerKey, type CourseFile, type ImportedCourse } from './types.ts';

/** A chapter to read, work to hand in with its instructions, or a quiz. */
export interface ChapterDraft {
  id: string;
  title: string;
  /** How deep in the table of contents. */
  level?: number;
  nodes: ChapterNode[];
  form?: 'text' | 'assignment';
  /** A quiz stands in place of `nodes`. */
  quiz?: QuizDraft;
  /** A recording or a document stands in place of `nodes`. */
  play?: PlayDraft;
}

/** A chapter that is a file to be heard, watched or turned over. */
export interface PlayDraft {
  form: 'audio' | 'video' | 'document';
  file: CourseFile;
  minutes?: number;
  pages?: number;
  /** The picture that stands for a film. */
  poster?: CourseFile;
  captions?: { language: string; file: CourseFile }[];
  transcript?: ChapterNode[];
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
): Pick<ImportedCourse, 'course' | 'files' | 'keys'> {
  const files = new Map<string, CourseFile>();
  const keys: AnswerKey[] = [];
  const keep = (file: CourseFile): MediaFile => {
    files.set(file.sha256, file);
    return { sha256: file.sha256, size: file.body.byteLength, type: file.type };
  };
  const chapters: Course['chapters'] = drafts.map(({ id, title, level, nodes, form = 'text', quiz, play }) => {
    const shown = new Set<string>();
    walk(quiz ? nodesOfQuiz(quiz.content) : (play?.transcript ?? nodes), (name, { src }) => {
      if (name === 'img' && src) shown.add(src);
    });
    const images = [...shown].map((sha256) => {
      const picture = pictures.get(sha256);
      if (!picture) throw new Error(`The chapter ${id} shows a picture that was not read: ${sha256}`);
      return keep(picture);
    });
    if (play) return { id, title, ...(level && { level }), ...playEntry(title, play, images, keep) };
    if (!quiz)
      return {
        id,
        title,
        form,
        ...(level && { level }),
        file: keep(chapterFile({ version: 1, title, nodes })),
        images
      };
    const { file, key } = quizFile(id, quiz);
    if (key) keys.push(key);
    return { id, title, form: quiz.form, file: keep(file), images };
  });
  if (chapters.length === 0) throw new ImportRefused('no-chapters', 'The file has no chapter that could be read.');
  v.parse(v.array(chapterEntry), chapters);
  const coverFile = cover && keep(cover);
  const size = [...files.values()].reduce((sum, file) => sum + file.body.byteLength, 0);
  return {
    course: { ...facts, chapters, ...(coverFile && { cover: coverFile }), size },
    files: [...files.values()],
    ...(keys.length > 0 && { keys })
  };
}

function playEntry(
  title: string,
  { form, file, minutes, pages, poster, captions, transcript }: PlayDraft,
  images: MediaFile[],
  keep: (file: CourseFile) => MediaFile
): Omit<ChapterEntry, 'id' | 'title'> {
  return {
    form,
    file: keep(file),
    images: [...(poster ? [keep(poster)] : []), ...images],
    ...(minutes !== undefined && { minutes }),
    ...(pages !== undefined && { pages }),
    ...(captions?.length && { captions: captions.map((one) => ({ language: one.language, file: keep(one.file) })) }),
    ...(transcript && { transcript: keep(chapterFile({ version: 1, title, nodes: transcript })) })
  };
}

function chapterFile(chapter: Chapter): CourseFile {
  assertChapter(chapter);
  return jsonFile(chapter);
}
