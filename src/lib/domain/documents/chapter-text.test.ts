import { expect, test } from 'vitest';
import { chapterText } from './chapter-text.ts';

test('blocks stand on lines of their own, and runs know where they begin', () => {
  const { text, runs } = chapterText([
    ['h1', {}, 'Judul'],
    ['p', {}, 'Satu ', ['em', {}, 'dua'], ['br', {}], 'tiga'],
    ['ul', {}, ['li', {}, 'a'], ['li', {}, 'b']],
    'akhir'
  ]);
  expect(text).toBe('Judul\nSatu dua\ntiga\na\nb\nakhir');
  for (const run of runs) expect(text.slice(run.start, run.start + run.text.length)).toBe(run.text);
  expect(runs.map((run) => run.text)).toEqual(['Judul', 'Satu ', 'dua', 'tiga', 'a', 'b', 'akhir']);
});
