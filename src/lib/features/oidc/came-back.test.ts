import { afterEach, expect, test, vi } from 'vitest';
import { takeCameBack } from './came-back';

afterEach(() => vi.unstubAllGlobals());

/** A tab at this address; answers where it is afterwards. */
function at(hash: string) {
  const tab = { address: `/feed${hash}` };
  vi.stubGlobal('location', { pathname: '/feed', search: '', hash });
  vi.stubGlobal('history', {
    state: 1,
    replaceState: (_state: unknown, _title: string, to: string) => (tab.address = to)
  });
  return tab;
}

test('a code is taken from the address, once', () => {
  const tab = at('#oidc=abc');
  expect(takeCameBack()).toEqual({ code: 'abc' });
  expect(tab.address).toBe('/feed');
});

test('a reason is one of those that there are words for', () => {
  at('#oidc-failed=unknown');
  expect(takeCameBack()).toEqual({ failed: 'unknown' });
  at('#oidc-failed=<img>');
  expect(takeCameBack()).toEqual({ failed: 'untrusted' });
});

test('any other address stays as it is', () => {
  const tab = at('#berita');
  expect(takeCameBack()).toBeUndefined();
  expect(tab.address).toBe('/feed#berita');
});
