import { assertChapter, type Chapter, type ChapterNode } from '../../../src/lib/domain/documents/chapter.ts';
import { allFilesOf, filesOf, mapFiles, sizeOf } from '../../../src/lib/domain/documents/course-files.ts';
import type { ChapterEntry, MediaFile } from '../../../src/lib/domain/documents/course.ts';
import { jsonFile } from '../text.ts';
import type { CourseFile, ImportedCourse } from '../types.ts';
import { smallerPicture, type Smaller } from './pictures.ts';
import { variantsOf } from './recordings.ts';

export type What = 'pictures' | 'recordings';
type Facts = ImportedCourse['course'];

export interface MadeSmaller {
  course: Facts;
  files: CourseFile[];
  /** What it moves at least, in bytes: of pictures the whole course, of recordings their smallest form. */
  before: number;
  after: number;
}

const entryOf = ({ sha256, type, body }: CourseFile): MediaFile => ({ sha256, type, size: body.byteLength });

/** Makes pictures or recordings of a course smaller, where that gains anything. */
export async function makeSmaller(course: Facts, files: CourseFile[], what: What): Promise<MadeSmaller> {
  const known = new Map(files.map((file) => [file.sha256, file]));
  const before = sizeOf(filesOf(course));
  const made = what === 'pictures' ? await withPictures(course, known) : await withRecordings(course, known);
  const chapters = made.chapters.map((entry) => smallest(entry));
  const after = sizeOf(filesOf({ ...made, chapters }));
  const named = new Set(allFilesOf(made).map(({ sha256 }) => sha256));
  const kept = [...known.values()].filter(({ sha256 }) => named.has(sha256));
  return { course: { ...made, size: sizeOf(filesOf(made)) }, files: kept, before, after };
}

const smallest = (entry: ChapterEntry): ChapterEntry => {
  const all = [entry.file, ...(entry.variants ?? []).map(({ file }) => file)];
  return { ...entry, file: all.reduce((a, b) => (b.size < a.size ? b : a)) };
};

async function withRecordings(course: Facts, known: Map<string, CourseFile>): Promise<Facts> {
  const chapters: ChapterEntry[] = [];
  for (const entry of course.chapters) {
    const original = known.get(entry.file.sha256);
    const variants = entry.variants?.length || !original ? [] : await variantsOf(entry, original);
    for (const { file } of variants) known.set(file.sha256, file);
    const named = variants.map(({ quality, file }) => ({ quality, file: entryOf(file) }));
    chapters.push(named.length > 0 ? { ...entry, variants: named } : entry);
  }
  return { ...course, chapters };
}

async function withPictures(course: Facts, known: Map<string, CourseFile>): Promise<Facts> {
  const smaller = new Map<string, Smaller>();
  // A package shows its files by their own names and types: they stay as they are.
  const isTree = ({ form }: ChapterEntry): boolean => form === 'text' || form === 'assignment';
  const shown = course.chapters
    .filter((entry) => isTree(entry) || entry.form === 'video')
    .flatMap(({ images }) => images);
  const fixed = new Set(
    course.chapters
      .filter((entry) => !isTree(entry) && entry.form !== 'video')
      .flatMap(({ images }) => images.map(({ sha256 }) => sha256))
  );
  for (const { sha256 } of [...shown, ...(course.cover ? [course.cover] : [])]) {
    const file = known.get(sha256);
    const made = file && !smaller.has(sha256) && !fixed.has(sha256) ? await smallerPicture(file) : undefined;
    if (made) smaller.set(sha256, made);
  }
  for (const made of smaller.values())
    known.set(made.sha256, { sha256: made.sha256, type: made.type, body: made.body });
  const chapters = course.chapters.map((entry) => {
    const file = known.get(entry.file.sha256);
    if (!isTree(entry) || !file) return entry;
    const tree = redrawn(file, smaller);
    known.set(tree.sha256, tree);
    return { ...entry, file: entryOf(tree) };
  });
  return mapFiles({ ...course, chapters }, (file) => {
    const made = smaller.get(file.sha256);
    return made ? entryOf(made) : file;
  });
}

/** A chapter that shows the smaller pictures. */
function redrawn(file: CourseFile, smaller: Map<string, Smaller>): CourseFile {
  const chapter: unknown = JSON.parse(new TextDecoder().decode(file.body));
  assertChapter(chapter);
  const draw = (node: ChapterNode): ChapterNode => {
    if (typeof node === 'string') return node;
    const [name, attributes, ...children] = node;
    const made = name === 'img' && attributes.src ? smaller.get(attributes.src) : undefined;
    return [name, made ? { ...attributes, src: made.sha256 } : attributes, ...children.map(draw)];
  };
  const next: Chapter = { ...chapter, nodes: chapter.nodes.map(draw) };
  return jsonFile(next);
}
