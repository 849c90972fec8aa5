import { expect, test } from 'vitest';
import { isAppScript } from './trusted-url';

const page = new URL('https://smartasn.example/courses/1');
const isScript = (url: string, development = false) => isAppScript(new URL(url, page), page, development);

test('scripts of the build and the service worker are trusted', () => {
  expect(isScript('/_app/immutable/workers/kdf-1.js')).toBe(true);
  expect(isScript('/service-worker.js')).toBe(true);
  expect(isScript('/src/lib/vault/kdf.worker.ts?worker_file&type=module', true)).toBe(true);
});

test.each([
  'https://elsewhere.example/_app/immutable/x.js',
  'data:text/javascript,1',
  'blob:https://smartasn.example/0b9d1a52',
  '/media/' + 'a'.repeat(64),
  '/_app/immutable/../../media/x',
  '/db/person-1/x',
  '/feed'
])('%s is not', (url) => {
  expect(isScript(url)).toBe(false);
});

test('media are never scripts, not even in development', () => {
  expect(isScript('/media/x', true)).toBe(false);
});
