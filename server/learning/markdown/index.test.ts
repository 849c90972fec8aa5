import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assertChapter, type Chapter } from '../../../src/lib/domain/documents/chapter.ts';
import { sha256Of } from '../text.ts';
import { ImportRefused, type ImportedCourse } from '../types.ts';
import { readMarkdown } from './index.ts';

const chapterOf = (imported: ImportedCourse, index: number): Chapter => {
  const entry = imported.course.chapters[index];
  const file = imported.files.find(({ sha256 }) => sha256 === entry?.file.sha256);
  const value: unknown = JSON.parse(new TextDecoder().decode(file?.body));
  assertChapter(value);
  return value;
};

const TEXT = `---
title: Pelayanan yang Ramah
summary: Cara melayani warga.
topics: [pelayanan, etika]
hours: 3.5
publisher: LAN
language: id
---
# Mengapa ramah?

Lihat [bab kedua](#cara-melayani) dan [langkah](#langkah-pertama), [laman](https://bkn.go.id), [jebakan](javascript:alert(1)).[^1]

<script>alert(1)</script>

[^1]: Catatan *kaki*.

# Cara melayani

## Langkah pertama

3. Sapa &amp; dengar
4. Catat

| Kanal | Waktu |
|---|---|
| Loket | 5 menit |

- [x] siap
- [ ] belum

![peta](https://example.org/peta.png)
`;

test('every level-one heading is a chapter, with the front matter as the facts', async () => {
  const { course, removed, fingerprint, files } = await readMarkdown(TEXT);
  expect(course).toMatchObject({
    title: 'Pelayanan yang Ramah',
    summary: 'Cara melayani warga.',
    topics: ['pelayanan', 'etika'],
    learningHours: 3.5,
    publisher: 'LAN',
    language: 'id',
    direction: 'ltr',
    kind: 'course'
  });
  expect(course.chapters.map(({ id, title }) => [id, title])).toEqual([
    ['mengapa-ramah', 'Mengapa ramah?'],
    ['cara-melayani', 'Cara melayani']
  ]);
  expect(fingerprint).toBe(sha256Of(TEXT));
  expect(course.size).toBe(files.reduce((sum, { body }) => sum + body.byteLength, 0));
  expect(removed.join('\n')).toMatch(/javascript:alert[\s\S]*<script>[\s\S]*picture/);
});

test('links lead inside the course or to https, footnotes and lists survive, HTML does not', async () => {
  const imported = await readMarkdown(TEXT);
  expect(chapterOf(imported, 0).nodes).toEqual([
    ['h1', {}, 'Mengapa ramah?'],
    [
      'p',
      {},
      'Lihat ',
      ['a', { href: '#cara-melayani' }, 'bab kedua'],
      ' dan ',
      ['a', { href: '#cara-melayani/langkah-pertama' }, 'langkah'],
      ', ',
      ['a', { href: 'https://bkn.go.id' }, 'laman'],
      ', jebakan.',
      ['sup', {}, ['a', { href: '#mengapa-ramah/fn-1' }, '1']]
    ],
    ['section', {}, ['hr', {}], ['ol', {}, ['li', { id: 'fn-1' }, ['p', {}, 'Catatan ', ['em', {}, 'kaki'], '.']]]]
  ]);
  expect(chapterOf(imported, 1).nodes).toEqual([
    ['h1', {}, 'Cara melayani'],
    ['h2', { id: 'langkah-pertama' }, 'Langkah pertama'],
    ['ol', { start: '3' }, ['li', {}, 'Sapa & dengar'], ['li', {}, 'Catat']],
    [
      'table',
      {},
      ['thead', {}, ['tr', {}, ['th', { scope: 'col' }, 'Kanal'], ['th', { scope: 'col' }, 'Waktu']]],
      ['tbody', {}, ['tr', {}, ['td', {}, 'Loket'], ['td', {}, '5 menit']]]
    ],
    ['ul', {}, ['li', {}, '☑ siap'], ['li', {}, '☐ belum']],
    ['p', {}, 'peta']
  ]);
});

test('a text without front matter takes its title from the first heading', async () => {
  const { course } = await readMarkdown('Pembuka\n\n# Satu\n\nisi\n\n# Satu\n\nlagi\n');
  expect(course.title).toBe('Pembuka');
  expect(course.chapters.map(({ id }) => id)).toEqual(['bab-1', 'satu', 'satu-2']);
});

test('a right-to-left language sets the direction', async () => {
  const { course } = await readMarkdown('---\nlanguage: ar\n---\n# مرحبا\n\nنص');
  expect(course).toMatchObject({ direction: 'rtl', language: 'ar', title: 'مرحبا' });
});

test.each([
  ['', 'no-chapters'],
  ['---\ntitle: X\n---\n', 'no-chapters'],
  ['---\ntitle: [\n---\n# A', 'unreadable'],
  ['---\nhours: many\n---\n# A', 'unreadable'],
  ['---\na: &a [x]\ntitle: *a\n---\n# A', 'unreadable'],
  [`${'> '.repeat(500)}deep`, 'unreadable']
])('%j is refused as %s', async (text, code) => {
  await expect(readMarkdown(text)).rejects.toMatchObject({ code });
  await expect(readMarkdown(text)).rejects.toBeInstanceOf(ImportRefused);
});

test('any text becomes valid chapters or is refused in words', async () => {
  const syntax = fc.constantFrom(
    '# ',
    '## ',
    '\n',
    '\n\n',
    '---\n',
    '- ',
    '> ',
    '`',
    '|',
    '[a](#b)',
    '<b>',
    '[^1]',
    '*',
    '!',
    '```kuis\n? a\n(x) b\n```\n',
    '? ',
    '(x) '
  );
  const text = fc.array(fc.oneof(syntax, fc.string({ unit: 'grapheme' }))).map((parts) => parts.join(''));
  await fc.assert(
    fc.asyncProperty(text, async (markdown) => {
      const imported = await readMarkdown(markdown).catch((error: unknown) => {
        expect(error).toBeInstanceOf(ImportRefused);
        return undefined;
      });
      imported?.course.chapters.forEach(({ form }, index) => {
        if (form === 'text') chapterOf(imported, index);
      });
    }),
    { numRuns: 300 }
  );
});
