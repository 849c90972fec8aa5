import { expect, test } from 'vitest';
import { styleFrom } from './reading-style';

test('what cannot be understood is the usual, and the rest stays', () => {
  const usual = { mode: 'scroll', look: 'app', spacing: 'normal', size: 100 };
  expect(styleFrom(undefined)).toEqual(usual);
  expect(styleFrom({ ...usual, look: 'sepia', size: 900, mode: 'paged' })).toEqual({
    ...usual,
    look: 'sepia',
    mode: 'paged'
  });
});
