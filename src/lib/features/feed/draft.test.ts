import { someStore } from '$lib/store/testing/fixtures';
import { expect, test, vi } from 'vitest';
import { newPost, rewrite } from '$lib/domain/documents/compose';
import { dropDraft, keepDraft, readDraft, type Draft } from './draft';

const draft: Draft = { text: 'Perahu bocor lagi. ', channel: 'nasional', topic: 'cerita' };

test('what was not sent is offered again, until it is dropped', async () => {
  const { store } = await someStore();
  const earlier = await store.write(newPost('nasional', 'cerita', 'Perahu bocor lagi.'));
  await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(Date.parse(earlier.createdAt)));
  await keepDraft(store, undefined, draft);
  expect(await readDraft(store, undefined)).toMatchObject(draft);
  await dropDraft(store, undefined);
  expect(await readDraft(store, undefined)).toBeUndefined();
});

test('a crash between sending and dropping offers nothing a second time', async () => {
  const { store } = await someStore();
  await keepDraft(store, undefined, draft);
  const sent = await store.write(newPost('nasional', 'cerita', draft.text.trim()));
  expect(await readDraft(store, undefined)).toBeUndefined();
  await keepDraft(store, sent, { ...draft, text: 'Perahu sudah baik.' });
  expect(await readDraft(store, sent)).toMatchObject({ text: 'Perahu sudah baik.' });
  await store.write(rewrite(sent, 'lain'));
  expect(await readDraft(store, undefined)).toMatchObject(draft);
});

test('a post of a clock that ran years ahead is not taken for one that was made of the draft', async () => {
  const { store } = await someStore();
  const early = newPost('nasional', 'cerita', draft.text.trim());
  await store.write({ ...early, createdAt: new Date(Date.now() + 730 * 86_400_000).toISOString() });
  await keepDraft(store, undefined, draft);
  expect(await readDraft(store, undefined)).toMatchObject(draft);
});

test('what is being written in a room is kept apart from what is written in the feed', async () => {
  const { store } = await someStore();
  await keepDraft(store, undefined, draft);
  await keepDraft(store, undefined, { ...draft, text: 'Bab dua sulit.', channel: 'kursus-1' }, 'kursus-1');
  expect(await readDraft(store, undefined)).toMatchObject(draft);
  expect(await readDraft(store, undefined, 'kursus-1')).toMatchObject({ text: 'Bab dua sulit.' });
  await dropDraft(store, undefined, 'kursus-1');
  expect(await readDraft(store, undefined, 'kursus-1')).toBeUndefined();
  expect(await readDraft(store, undefined)).toMatchObject(draft);
});
