import { QUALITIES, type ChapterEntry, type Course, type MediaFile, type Quality } from './course.ts';

/** What of a course names its files. */
export type CourseFiles = Pick<Course, 'cover' | 'chapters'> & Partial<Pick<Course, '_id'>>;

const once = (files: MediaFile[]): MediaFile[] => [...new Map(files.map((file) => [file.sha256, file])).values()];

const besides = ({ images, transcript, captions = [] }: ChapterEntry): MediaFile[] => [
  ...images,
  ...(transcript ? [transcript] : []),
  ...captions.map(({ file }) => file)
];

/** The files that taking a course along needs, each once, in reading order: what is read first arrives first. */
export const filesOf = ({ cover, chapters }: CourseFiles): MediaFile[] =>
  once([...(cover ? [cover] : []), ...chapters.flatMap((chapter) => [chapter.file, ...besides(chapter)])]);

/** All files of a course in every quality, each once. */
export const allFilesOf = (course: CourseFiles): MediaFile[] =>
  once([
    ...filesOf(course),
    ...course.chapters.flatMap(({ variants = [] }) => variants.map((variant) => variant.file))
  ]);

/** Bytes that files have, and that their manifests have. */
export const sizeOf = (files: MediaFile[]): number =>
  files.reduce((sum, { size, manifest }) => sum + size + (manifest?.size ?? 0), 0);

/** A chapter's recording in every quality that there is, from the smallest to the best. */
function recordings({ file, variants = [] }: ChapterEntry): { quality: Quality; file: MediaFile }[] {
  const other = variants.filter((variant) => variant.file.sha256 !== file.sha256);
  const best = { quality: variants.find((one) => one.file.sha256 === file.sha256)?.quality ?? 'high', file };
  return [...other, best].sort((a, b) => QUALITIES.indexOf(a.quality) - QUALITIES.indexOf(b.quality));
}

/**
 * The course as a person takes it along who wants this quality: each chapter has the best recording that is not better,
 * or its smallest one. The other recordings stay named in `variants`.
 */
export function inQuality<T extends CourseFiles>(course: T, wanted: Quality): T {
  const chapters = course.chapters.map((chapter) => {
    if (!chapter.variants?.length) return chapter;
    const all = recordings(chapter);
    const fitting = all.findLast(({ quality }) => QUALITIES.indexOf(quality) <= QUALITIES.indexOf(wanted)) ?? all[0];
    return { ...chapter, file: fitting?.file ?? chapter.file, variants: all };
  });
  return { ...course, chapters };
}

/** The qualities that a course can be taken along in, from the smallest; one alone where there is no choice. */
export function qualitiesOf({ chapters }: Pick<Course, 'chapters'>): Quality[] {
  const named = new Set<Quality>(['high']);
  for (const { variants = [] } of chapters) for (const { quality } of variants) named.add(quality);
  return QUALITIES.filter((quality) => named.has(quality));
}

/** The course with every file that it names changed. */
export function mapFiles<T extends CourseFiles>(course: T, change: (file: MediaFile) => MediaFile): T {
  const within = <V extends { file: MediaFile }>(one: V): V => ({ ...one, file: change(one.file) });
  const chapters = course.chapters.map((chapter) => ({
    ...within(chapter),
    images: chapter.images.map(change),
    ...(chapter.variants && { variants: chapter.variants.map(within) }),
    ...(chapter.transcript && { transcript: change(chapter.transcript) }),
    ...(chapter.captions && { captions: chapter.captions.map(within) })
  }));
  return { ...course, chapters, ...(course.cover && { cover: change(course.cover) }) };
}
