import { expect, test } from 'vitest';
import { strToU8 } from 'fflate';
import { HOSTILE, HOSTILE_NAMES, HOSTILE_XML } from '../../tests/support/hostile/index.ts';
import type { Chapter, ChapterNode } from '../../src/lib/domain/documents/chapter.ts';
import { chapterOf, epub, page } from './epub/testing/book.ts';
import { ImportRefused, readEpub, readMarkdown } from './index.ts';

const xml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r/g, '&#13;');

const textOf = (node: ChapterNode): string =>
  typeof node === 'string'
    ? node
    : node
        .slice(2)
        .map((child) => textOf(child as ChapterNode))
        .join('');
/** The texts of all elements of that name. */
const textsIn = (nodes: readonly ChapterNode[], name: string): string[] =>
  nodes.flatMap((node) => {
    if (typeof node === 'string') return [];
    const [own, , ...children] = node;
    return own === name ? [textOf(node)] : textsIn(children, name);
  });

/** Addresses of all links. */
const linksIn = (nodes: readonly ChapterNode[]): string[] =>
  nodes.flatMap((node) => {
    if (typeof node === 'string') return [];
    const [, attributes, ...children] = node;
    return [...(attributes.href === undefined ? [] : [attributes.href]), ...linksIn(children)];
  });

test('there are more than 200 of them', () => expect(new Set(HOSTILE).size).toBeGreaterThanOrEqual(200));

test('what stands as text in a book arrives as that text', async () => {
  const body = HOSTILE_XML.map((text) => `<pre>${xml(text)}</pre>`).join('');
  const { nodes } = chapterOf(await readEpub(epub({ bodies: [body] })), 0);
  expect(textsIn(nodes, 'pre')).toEqual(HOSTILE_XML);
});

test('what stands as markup in a book is refused or becomes a chapter of harmless elements', async () => {
  for (const text of HOSTILE) {
    const book = epub({ bodies: [`<p>Isi.</p>${text}`] });
    const imported = await readEpub(book).catch((error: unknown) => error);
    if (imported instanceof ImportRefused) continue;
    const chapter: Chapter = chapterOf(imported as Awaited<ReturnType<typeof readEpub>>, 0);
    expect(
      linksIn(chapter.nodes).filter((href) => !/^(#|https:\/\/)/.test(href)),
      text
    ).toEqual([]);
  }
});

test('what stands as code in a Markdown course arrives as that text', async () => {
  const texts = HOSTILE.filter((text) => !text.includes('\r'));
  const fence = '~'.repeat(12);
  const source = texts.map((text) => `${fence}\n${text}\n${fence}`).join('\n\n');
  const imported = await readMarkdown(`---\ntitle: Uji\n---\n\n# Bab\n\n${source}\n`);
  expect(textsIn(chapterOf(imported, 0).nodes, 'pre')).toEqual(texts);
});

test('what stands as markup in a Markdown course becomes a chapter of harmless elements', async () => {
  for (const text of HOSTILE) {
    const imported = await readMarkdown(`---\ntitle: Uji\n---\n\n# Bab\n\nIsi.\n\n${text}\n`);
    for (const [index] of imported.course.chapters.entries())
      expect(
        linksIn(chapterOf(imported, index).nodes).filter((href) => !/^(#|https:\/\/)/.test(href)),
        text
      ).toEqual([]);
  }
});

test('names of files that deceive or hide are told as they are', async () => {
  for (const name of HOSTILE_NAMES) {
    const book = epub({
      bodies: ['<p>Isi.</p>'],
      manifest: `<item id="x" href="${xml(encodeURI(name)).replace(/"/g, '&quot;')}" media-type="application/xhtml+xml"/>`,
      itemrefs: '<itemref idref="c1"/><itemref idref="x"/>',
      files: { [`OPS/${name}`]: strToU8(page('<p>Dua.</p><script>alert(1)</script>')) }
    });
    const imported = await readEpub(book).catch((error: unknown) => error);
    const told =
      imported instanceof ImportRefused ? imported.message : (imported as { removed: string[] }).removed.join();
    expect(told, name).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  }
});
