import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { textOf, walk } from '../tree.ts';
import { readEpub } from './index.ts';
import { chapterOf } from './testing/book.ts';

const FOLDER = fileURLToPath(new URL('../../../../shared/data/epub/', import.meta.url));

const BOOKS = [
  {
    file: 'accessible_epub_3.epub',
    title: 'Accessible EPUB 3',
    language: 'en',
    direction: 'ltr',
    chapters: 21,
    pictures: 2
  },
  {
    file: 'childrens-literature.epub',
    title: "Children's Literature",
    language: 'en',
    direction: 'ltr',
    chapters: 19,
    pictures: 1
  },
  {
    file: 'regime-anticancer-arabic.epub',
    title: 'Le Vrai Régime anti-cancer',
    language: 'ar',
    direction: 'rtl',
    chapters: 3,
    pictures: 2
  }
] as const;

describe.runIf(existsSync(FOLDER))('books that others made (in ../shared/data/epub)', () => {
  test.each(BOOKS)('$file becomes $chapters chapters', async (book) => {
    const imported = await readEpub(FOLDER + book.file);
    const { course, files } = imported;
    expect(course).toMatchObject({
      title: book.title,
      language: book.language,
      direction: book.direction,
      kind: 'book'
    });
    expect(course.chapters).toHaveLength(book.chapters);
    expect(course.cover?.type).toMatch(/^image\//);
    const pictures = new Set(course.chapters.flatMap(({ images }) => images.map(({ sha256 }) => sha256)));
    expect(pictures.size).toBe(book.pictures);
    expect(course.size).toBe(files.reduce((sum, { body }) => sum + body.byteLength, 0));
    const ids = new Set(course.chapters.map(({ id }) => id));
    expect(ids.size).toBe(book.chapters);
    course.chapters.forEach((_, index) => {
      walk(chapterOf(imported, index).nodes, (name, { href }) => {
        if (name === 'a' && href?.startsWith('#')) expect(ids).toContain(href.slice(1).split('/')[0]);
      });
    });
  });

  test('the Arabic book keeps its notes, its language and its words', async () => {
    const imported = await readEpub(`${FOLDER}regime-anticancer-arabic.epub`);
    const { nodes } = chapterOf(imported, 2);
    expect(textOf(nodes)).toContain('ما هو السرطان؟');
    const links: string[] = [];
    walk(nodes, (_, { href }) => void (href && links.push(href)));
    expect(links).toContain('#content/footnote-1');
  });

  test('the handbook keeps tables, figures and lists', async () => {
    const imported = await readEpub(`${FOLDER}accessible_epub_3.epub`);
    const names = new Set<string>();
    imported.course.chapters.forEach((_, index) => walk(chapterOf(imported, index).nodes, (name) => names.add(name)));
    for (const name of ['h1', 'h2', 'p', 'ul', 'li', 'table', 'td', 'figure', 'img', 'pre', 'code', 'aside'])
      expect(names).toContain(name);
  });
});
