import fc from 'fast-check';
import { expect, test } from 'vitest';
import { find, fold } from './find';

const found = (query: string, text: string) => find(query, text, 99).map((hit) => hit.found);

test('case, accents, vowel signs and white space make no difference', () => {
  expect(found('resume', 'Résumé dan RESUME')).toEqual(['Résumé', 'RESUME']);
  expect(found('السرطان', 'ما هو السَّرَطان؟ الســرطان')).toEqual(['السَّرَطان', 'الســرطان']);
  expect(found('pergi  ke', 'Dia pergi\nke pasar')).toEqual(['pergi\nke']);
  expect(found('fi', 'ofﬁce')).toEqual(['ﬁ']);
});

test('a hit shows its line, and there are no more than asked for', () => {
  const [hit] = find('dua', 'satu\nsesudah dua belas\ntiga', 9);
  expect(hit).toEqual({ from: 13, to: 16, before: 'sesudah ', found: 'dua', after: ' belas' });
  expect(find('a', 'a'.repeat(50), 7)).toHaveLength(7);
  expect(find('  ', 'a b', 7)).toEqual([]);
});

test('what is taken out of a text is found in it, at a place that says the same', () => {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 80 });
  fc.assert(
    fc.property(text, fc.nat(), fc.nat(), (original, a, b) => {
      const [from, to] = [a % original.length, b % (original.length + 1)].sort((x, y) => x - y);
      const wanted = fold(original.slice(from, to)).text.trim();
      const hits = find(original.slice(from, to), original, 1_000);
      fc.pre(!/[\uD800-\uDFFF]/.test(original.charAt(from ?? 0) + original.charAt(to ?? 0)));
      if (wanted) expect(hits.length).toBeGreaterThan(0);
      for (const hit of hits) expect(original.slice(hit.from, hit.to)).toBe(hit.found);
    })
  );
});
