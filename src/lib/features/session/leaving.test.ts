import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { someStore } from '$lib/store/testing/fixtures';
import { keepLeft, recallLeft, type Left } from './leaving';

const at = (path: string, ago = 0): Left => ({ path, y: 300, at: Date.now() - ago, parts: { feed: path } });
/** The tab shows this page. */
const show = (path: string): void => void vi.stubGlobal('location', { pathname: path, search: '' });

beforeEach(() => show('/feed'));
afterEach(() => vi.unstubAllGlobals());

test('tabs that are locked together each find their own place, whichever was written last', async () => {
  const { store } = await someStore();
  await Promise.all([keepLeft(store, at('/feed')), keepLeft(store, at('/sync'))]);
  expect((await recallLeft(store, false))?.path).toBe('/feed');
  show('/sync');
  expect((await recallLeft(store, false))?.path).toBe('/sync');
});

test('a place is told once, and not after an hour', async () => {
  const { store } = await someStore();
  await keepLeft(store, at('/feed'));
  expect(await recallLeft(store, false)).toBeDefined();
  await store.settled();
  expect(await recallLeft(store, false)).toBeUndefined();
  await keepLeft(store, at('/feed', 3_700_000));
  expect(await recallLeft(store, true)).toBeUndefined();
});

test('a tab that shows nothing of hers begins where she was last', async () => {
  const { store } = await someStore();
  await keepLeft(store, at('/learn', 1_000));
  await keepLeft(store, at('/sync'));
  show('/people');
  expect(await recallLeft(store, false)).toBeUndefined();
  expect((await recallLeft(store, true))?.path).toBe('/sync');
});
