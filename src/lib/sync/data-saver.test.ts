import { expect, test } from 'vitest';
import { someStore } from '$lib/store/testing/fixtures';
import { savesData, setSavesData } from './data-saver';

test('what a person chose about saving data goes before what her browser wishes', async () => {
  const { store } = await someStore();
  expect([await savesData(store, false), await savesData(store, true)]).toEqual([false, true]);
  await setSavesData(store, false);
  expect(await savesData(store, true)).toBe(false);
  await setSavesData(store, true);
  expect(await savesData(store, false)).toBe(true);
});
