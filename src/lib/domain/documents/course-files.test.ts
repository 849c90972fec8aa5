import { expect, test } from 'vitest';
import type { ChapterEntry, MediaFile } from './course.ts';
import { allFilesOf, filesOf, inQuality, qualitiesOf, sizeOf } from './course-files.ts';

const file = (letter: string, size: number): MediaFile => ({ sha256: letter.repeat(64), size, type: 'video/mp4' });

const [cover, text, image] = [file('0', 1), file('1', 10), file('2', 20)];
const [best, low, sound, words, caption] = [file('a', 900), file('b', 300), file('c', 90), file('d', 5), file('e', 3)];

const reading: ChapterEntry = { id: 'satu', title: 'Satu', form: 'text', file: text, images: [image, cover] };
const film: ChapterEntry = {
  id: 'dua',
  title: 'Dua',
  form: 'video',
  file: best,
  images: [],
  variants: [
    { quality: 'low', file: low },
    { quality: 'audio', file: sound }
  ],
  transcript: words,
  captions: [{ language: 'id', file: caption }]
};
const course = { cover, chapters: [reading, film] };

test('what is taken along is each file once, in reading order, with words and captions', () => {
  expect(filesOf(course)).toEqual([cover, text, image, best, words, caption]);
});

test('a quality decides which recording goes along, and the others stay named', () => {
  expect(filesOf(inQuality(course, 'low'))).toEqual([cover, text, image, low, words, caption]);
  expect(filesOf(inQuality(course, 'audio'))).toContainEqual(sound);
  const twice = inQuality(inQuality(course, 'audio'), 'high');
  expect(filesOf(twice)).toEqual(filesOf(course));
  for (const quality of ['audio', 'low', 'high'] as const)
    expect(new Set(allFilesOf(inQuality(course, quality)))).toEqual(new Set(allFilesOf(course)));
});

test('a chapter without the wanted quality has the best that is not better, or its smallest', () => {
  const only = (quality: 'audio' | 'low') => ({
    chapters: [{ ...film, variants: [{ quality, file: quality === 'low' ? low : sound }] }]
  });
  expect(inQuality(only('audio'), 'low').chapters[0]?.file).toEqual(sound);
  expect(inQuality(only('low'), 'audio').chapters[0]?.file).toEqual(low);
  expect(qualitiesOf(only('low'))).toEqual(['low', 'high']);
  expect([qualitiesOf(course), qualitiesOf({ chapters: [reading] })]).toEqual([['audio', 'low', 'high'], ['high']]);
});

test('a size counts manifests', () => {
  expect(sizeOf([best, { ...low, manifest: { sha256: 'f'.repeat(64), size: 7 } }])).toBe(1_207);
});
