import { expect, test } from 'vitest';
import type { ChapterNode } from '$lib/domain/documents/chapter';
import { noteAt } from './notes';

const whole: ChapterNode = ['aside', { id: 'n1' }, ['p', {}, 'Isi satu.']];
const numbered: ChapterNode = ['p', {}, ['sup', {}, ['a', { id: 'n2', href: '#c/r2' }, '2']], ' Isi dua.'];
const nodes: ChapterNode[] = ['teks', ['section', {}, whole, ['div', {}, numbered]]];

test('a note is the element of that name, or the block around its number', () => {
  expect(noteAt(nodes, 'n1')).toBe(whole);
  expect(noteAt(nodes, 'n2')).toBe(numbered);
  expect(noteAt(nodes, 'n3')).toBeUndefined();
});
