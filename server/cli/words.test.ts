import { expect, test } from 'vitest';
import { formatBytes, wordsFor } from './words.ts';

test.each([
  [{}, 'id'],
  [{ LANG: 'C.UTF-8' }, 'id'],
  [{ LANG: 'id_ID.UTF-8' }, 'id'],
  [{ LANG: 'en_US.UTF-8' }, 'en'],
  [{ LANG: 'en_US.UTF-8', LC_ALL: 'id_ID.UTF-8' }, 'id']
])('%j speaks %s', (env, locale) => expect(wordsFor(env).locale).toBe(locale));

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1 kB'],
  [2_460_000, '2,5 MB'],
  [83_400_000_000, '83 GB']
])('%i bytes read as %s', (bytes, text) => expect(formatBytes(bytes, 'id')).toBe(text));
