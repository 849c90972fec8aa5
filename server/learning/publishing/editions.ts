import { allFilesOf } from '../../../src/lib/domain/documents/course-files.ts';
import type { ChapterNode } from '../../../src/lib/domain/documents/chapter.ts';
import { assertChapter } from '../../../src/lib/domain/documents/chapter.ts';
import type { Course } from '../../../src/lib/domain/documents/course.ts';
import { jsonFile } from '../text.ts';
import type { CourseFile, ImportedCourse } from '../types.ts';

type Imported = Pick<ImportedCourse, 'course' | 'files' | 'keys'>;

/**
 * Which chapter of the older edition each new chapter is: the one with its id, else with its content, else with its
 * title. No old chapter is taken twice.
 */
export function sameChapters(old: Course['chapters'], fresh: Course['chapters']): Map<string, string> {
  const found = new Map<string, string>();
  const taken = new Set<string>();
  const take = (same: (a: Course['chapters'][number], b: Course['chapters'][number]) => boolean): void => {
    for (const entry of fresh) {
      if (found.has(entry.id)) continue;
      const match = old.find((one) => !taken.has(one.id) && same(one, entry));
      if (!match) continue;
      taken.add(match.id);
      found.set(entry.id, match.id);
    }
  };
  take((a, b) => a.id === b.id);
  take((a, b) => a.file.sha256 === b.file.sha256);
  take((a, b) => a.title.trim().toLowerCase() === b.title.trim().toLowerCase());
  return found;
}

/**
 * A new edition whose chapters keep the ids that they have in the older one, so that what people have finished stays
 * finished; links between chapters follow.
 */
export function withKnownIds(old: Course, imported: Imported): Imported {
  const same = sameChapters(old.chapters, imported.course.chapters);
  const taken = new Set(same.values());
  const ids = new Map<string, string>();
  for (const { id } of imported.course.chapters) {
    let next = same.get(id) ?? id;
    // A new chapter may be called like an old one that is another chapter now.
    for (let count = 2; !same.has(id) && taken.has(next); count += 1) next = `${id}-${count}`;
    taken.add(next);
    ids.set(id, next);
  }
  if ([...ids].every(([before, after]) => before === after)) return imported;
  const nameOf = (id: string): string => ids.get(id) ?? id;
  const files = new Map(imported.files.map((file) => [file.sha256, file]));
  const chapters = imported.course.chapters.map((entry) => {
    const body = entry.form === 'text' || entry.form === 'assignment' ? files.get(entry.file.sha256) : undefined;
    const renamed = body && relinked(body, nameOf);
    if (renamed) files.set(renamed.sha256, renamed);
    const file = renamed ? { ...entry.file, sha256: renamed.sha256, size: renamed.body.byteLength } : entry.file;
    return { ...entry, id: nameOf(entry.id), file };
  });
  const course = {
    ...imported.course,
    chapters,
    ...(imported.course.modules && {
      modules: imported.course.modules.map((one) => ({ ...one, chapters: one.chapters.map(nameOf) }))
    })
  };
  const named = new Set(allFilesOf(course).map(({ sha256 }) => sha256));
  return {
    course,
    files: [...files.values()].filter(({ sha256 }) => named.has(sha256)),
    ...(imported.keys && { keys: imported.keys.map((key) => ({ ...key, chapter: nameOf(key.chapter) })) })
  };
}

function relinked(file: CourseFile, nameOf: (id: string) => string): CourseFile {
  const chapter: unknown = JSON.parse(new TextDecoder().decode(file.body));
  assertChapter(chapter);
  const turn = (node: ChapterNode): ChapterNode => {
    if (typeof node === 'string') return node;
    const [name, attributes, ...children] = node;
    const [, id = '', rest = ''] = /^#([^/]+)(.*)$/.exec(attributes.href ?? '') ?? [];
    return [name, id ? { ...attributes, href: `#${nameOf(id)}${rest}` } : attributes, ...children.map(turn)];
  };
  return jsonFile({ ...chapter, nodes: chapter.nodes.map(turn) });
}
