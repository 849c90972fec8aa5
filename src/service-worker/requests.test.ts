import { describe, expect, test } from 'vitest';
import { isPage, isShellFile, offlineFileOf } from './requests';

describe('what the service worker answers', () => {
  test.each(['/', '/feed', '/courses/1', '/sync', '/media-list', '/verify'])('the page %s', (path) => {
    expect(isPage('navigate', path)).toBe(true);
  });

  test.each(['/api/docs', '/db/catalogue', '/media/abc', '/api', '/package-frame.html'])(
    'not %s, even when it is navigated to',
    (path) => {
      expect(isPage('navigate', path)).toBe(false);
    }
  );

  test('not data', () => {
    expect(isPage('cors', '/feed')).toBe(false);
    expect(isShellFile('/media/abc', '/media/abc')).toBe(false);
    expect(isShellFile('/sync', undefined)).toBe(false);
    expect(isShellFile('/_app/version.json', undefined)).toBe(false);
  });

  test('files of this build and of older ones', () => {
    expect(isShellFile('/manifest.webmanifest', '/manifest.webmanifest?__WB_REVISION__=1')).toBe(true);
    expect(isShellFile('/_app/immutable/chunks/old.js', undefined)).toBe(true);
  });

  test('files of courses by their hash, and never as a page', () => {
    const path = `/offline/${'a'.repeat(64)}`;
    expect(offlineFileOf('no-cors', path)).toBe('a'.repeat(64));
    expect(offlineFileOf('navigate', path)).toBeUndefined();
    expect(offlineFileOf('cors', `${path}/x`)).toBeUndefined();
    expect(offlineFileOf('cors', '/offline/..')).toBeUndefined();
    expect(isShellFile(path, undefined)).toBe(false);
  });
});
