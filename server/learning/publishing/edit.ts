import { allFilesOf, filesOf, sizeOf } from '../../../src/lib/domain/documents/course-files.ts';
import type { Quiz } from '../../../src/lib/domain/documents/quiz.ts';
import { quiz as quizSchema } from '../../../src/lib/domain/documents/quiz.ts';
import { fittingModules, type DraftEdit } from '../../../src/lib/domain/publishing.ts';
import * as v from 'valibot';
import { quizFile } from '../quiz-file.ts';
import type { CourseFile } from '../types.ts';
import type { DraftContent } from './types.ts';

/** What an edit made of a draft: its content, and files that did not exist before. */
export interface Edited {
  content: DraftContent;
  fresh: CourseFile[];
}

/** Draws an edit into a draft. Chapters that it does not name are left out; what it says of unknown ones is passed over. */
export function applyEdit(content: DraftContent, edit: DraftEdit): Edited {
  const fresh: CourseFile[] = [];
  let keys = content.keys ?? [];
  const known = new Map(content.course.chapters.map((entry) => [entry.id, entry]));
  const chapters = edit.chapters.flatMap(({ id, title }) => {
    const entry = known.get(id);
    if (!entry) return [];
    // What an edit names twice stands once.
    known.delete(id);
    const quiz = edit.quizzes?.[id];
    if (!quiz || (entry.form !== 'quiz' && entry.form !== 'evaluation')) return [{ ...entry, title }];
    const { file, key } = quizFile(id, { form: entry.form, content: { ...quiz, title } });
    fresh.push(file);
    keys = [...keys.filter(({ chapter }) => chapter !== id), ...(key ? [key] : [])];
    return [{ ...entry, title, file: { sha256: file.sha256, size: file.body.byteLength, type: file.type } }];
  });
  const { title, summary, publisher, kind, topics, learningHours, level, competencies, study } = edit;
  const facts = { title, summary, publisher, kind, topics, learningHours, level, competencies, study };
  const course = { ...content.course, ...facts, chapters, modules: fittingModules(edit.modules, chapters) };
  const named = new Set(allFilesOf(course).map(({ sha256 }) => sha256));
  const files = [...content.files, ...fresh.map(({ sha256, type }) => ({ sha256, type }))];
  return {
    fresh,
    content: {
      ...content,
      course: { ...course, size: sizeOf(filesOf(course)) },
      files: files.filter(({ sha256 }) => named.has(sha256)),
      keys: keys.filter(({ chapter }) => chapters.some(({ id }) => id === chapter))
    }
  };
}

/** The quizzes of a draft with their keys: those of evaluations stand beside their files. */
export async function quizzesOf(
  { course, keys = [] }: DraftContent,
  read: (sha256: string) => Promise<Uint8Array | undefined>
): Promise<Record<string, Quiz>> {
  const found: Record<string, Quiz> = {};
  for (const { id, form, file } of course.chapters) {
    if (form !== 'quiz' && form !== 'evaluation') continue;
    const keyed = keys.find(({ chapter }) => chapter === id)?.quiz;
    const body = keyed ? undefined : await read(file.sha256);
    const parsed = v.safeParse(quizSchema, keyed ?? (body && JSON.parse(new TextDecoder().decode(body))));
    if (parsed.success) found[id] = parsed.output;
  }
  return found;
}
