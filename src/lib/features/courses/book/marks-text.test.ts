import { expect, test } from 'vitest';
import { annotate, newMark } from '$lib/domain/documents/compose-mark';
import type { Course } from '$lib/domain/documents/course';
import { marksText } from './marks-text';

const entry = (id: string, title: string): Course['chapters'][number] => ({
  id,
  title,
  form: 'text',
  file: { sha256: '0'.repeat(64), size: 1, type: 'application/json' },
  images: []
});
const course: Course = {
  _id: 'course:01890000-0000-8000-8000-000000000000',
  type: 'course',
  schema: 2,
  createdAt: '2026-01-01T00:00:00.000Z',
  zone: 'UTC',
  title: 'Buku',
  summary: '',
  publisher: 'LAN',
  language: 'id',
  direction: 'ltr',
  kind: 'book',
  topics: [],
  learningHours: 0,
  chapters: [entry('a', 'Satu'), entry('b', 'Dua')],
  size: 1,
  publishedAt: '2026-01-01T00:00:00.000Z'
};

test('marks are told in the order of the book, with their notes', () => {
  const mark = (chapter: string, from: number, to: number) =>
    newMark(course._id, { chapter, text: 'satu dua\ntiga', from, to }, 'hijau');
  const marks = [mark('b', 0, 4), annotate(mark('a', 5, 13), 'Penting'), mark('a', 0, 4)].map((doc) => ({ doc }));
  expect(marksText(course, marks)).toBe('Buku\n\n## Satu\n\n> satu\n\n> dua\n> tiga\n\nPenting\n\n## Dua\n\n> satu\n');
});
