import { edited, ownComment, ownPost, ownReaction, receiptOf, someStore, someVault, T0 } from './testing/fixtures';
import { afterEach, expect, test, vi } from 'vitest';
import { currentText, setText } from '$lib/domain/merge/text-register';
import { newEdit, uuidv7 } from '$lib/domain/ids';
import { COMMENT_LIMIT } from '$lib/domain/documents/comment';
import { POST_LIMIT } from '$lib/domain/documents/post';
import { openStore } from './index';
import { TooLong } from './types';

afterEach(() => vi.restoreAllMocks());

test('a write is an own item that waits and an edit in the outbox', async () => {
  const { store } = await someStore();
  const doc = ownPost('Halo');
  expect(await store.write(doc)).toEqual(doc);
  expect(await store.ownItem(doc._id)).toEqual({ doc, state: { kind: 'waiting' } });
  expect(await store.pending()).toMatchObject([{ edit: doc.edit, id: doc._id, doc }]);
  expect(await store.waitingItems()).toEqual([{ doc, state: { kind: 'waiting' } }]);
  expect(await store.counts()).toEqual({ waiting: 1, refused: 0, setAside: 0 });
});

test('what was written is there after the store was closed and opened again', async () => {
  const vault = await someVault();
  const store = await openStore(vault);
  const doc = await store.write(ownPost());
  store.close();
  const again = await openStore(vault);
  expect((await again.ownItem(doc._id))?.doc).toEqual(doc);
  expect(await again.pending()).toHaveLength(1);
});

test('a newer edit takes the place of the older one in the outbox', async () => {
  const { store } = await someStore();
  const first = await store.write(ownPost('satu'));
  await store.write(ownPost('lain'));
  const second = await store.write(edited(first, 'dua'));
  const entries = await store.pending();
  expect(entries.map((entry) => entry.edit)).toEqual([second.edit, expect.any(String)]);
});

test('the item goes from waiting to sent to delivered, and back to waiting with a further edit', async () => {
  const { store } = await someStore();
  const doc = await store.write(ownPost());
  await store.acknowledge([doc.edit]);
  expect(await store.itemState(doc)).toEqual({ kind: 'sent' });
  const receipt = receiptOf(doc, T0);
  await store.applyOwn({ docs: [receipt], deleted: [] });
  expect(await store.itemState(doc)).toEqual({ kind: 'delivered', at: receipt.at });
  const again = await store.write(edited(doc, 'lebih baik'));
  expect(await store.itemState(again)).toEqual({ kind: 'waiting' });
  await store.acknowledge([doc.edit]);
  expect(await store.itemState(again)).toEqual({ kind: 'waiting' });
  await store.acknowledge([again.edit]);
  expect(await store.itemState(again)).toEqual({ kind: 'sent' });
});

test('two tabs that edit the same post without knowing of each other keep both texts', async () => {
  const vault = await someVault();
  const [one, two] = [await openStore(vault), await openStore(vault)];
  const first = await one.write(ownPost('asal'));
  await Promise.all([one.write(edited(first, 'dari tab satu')), two.write(edited(first, 'dari tab dua'))]);
  const item = await one.ownItem(first._id);
  const texts = item?.doc.type === 'post' ? item.doc.body.versions.map((version) => version.text) : [];
  expect(texts.sort()).toEqual(['dari tab dua', 'dari tab satu']);
  const [entry, ...others] = await two.pending();
  expect(others).toEqual([]);
  expect(entry).toMatchObject({ edit: item?.doc.edit, doc: item?.doc });
});

test('repeating a write changes nothing', async () => {
  const { store } = await someStore();
  const doc = await store.write(ownPost());
  await store.acknowledge([doc.edit]);
  await store.write(doc);
  expect(await store.pending()).toEqual([]);
});

test('an edit under a clock that was set back is the newest all the same', async () => {
  const { store } = await someStore();
  const first = await store.write(ownReaction('post:' + uuidv7(), 'suka'));
  const stale = { ...first, kind: null, edit: uuidv7(T0 - 1e10) };
  const stored = await store.write(stale);
  expect(stored.kind).toBeNull();
  expect(stored.edit > first.edit).toBe(true);
  expect(await store.pending()).toMatchObject([{ edit: stored.edit }]);
});

test('the id of a new edit sorts after the one it follows, whatever the clock says', () => {
  const future = uuidv7(Date.now() + 1e10);
  expect(newEdit(future) > future).toBe(true);
  expect(newEdit() > uuidv7(Date.now() - 10)).toBe(true);
});

test('discarding removes the item here and leaves a removal in the outbox in place of its edit', async () => {
  const { store } = await someStore();
  const doc = await store.write(ownPost());
  await store.discard(doc._id);
  expect(await store.ownItem(doc._id)).toBeUndefined();
  expect(await store.pending()).toMatchObject([{ id: doc._id, doc: { _id: doc._id, deleted: true } }]);
  expect(await store.waitingItems()).toEqual([]);
  await store.discard('post:' + uuidv7());
  expect(await store.pending()).toHaveLength(1);
});

test('a removal is newer than what it removes, and a write after it is newer still', async () => {
  const { store } = await someStore();
  const edit = uuidv7(Date.now() + 1e9);
  const doc = await store.write({ ...ownPost(), edit });
  await store.discard(doc._id);
  const [removal] = await store.pending();
  expect(removal && removal.edit > edit).toBe(true);
  const again = await store.write(edited({ ...doc, edit: uuidv7(T0) }, 'jadi'));
  expect(again.edit > (removal?.edit ?? '')).toBe(true);
  expect(await store.pending()).toMatchObject([{ edit: again.edit, doc: again }]);
});

test('a transaction that breaks off half way leaves neither the document nor the edit', async () => {
  const { store } = await someStore();
  const first = await store.write(ownPost('satu'));
  const put = IDBObjectStore.prototype.put;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
    if (this.name === 'outbox') throw new DOMException('broken', 'DataError');
    return put.apply(this, args);
  });
  const broken = edited(first, 'dua');
  await expect(store.write(broken)).rejects.toThrow();
  await expect(store.discard(first._id)).rejects.toThrow();
  vi.restoreAllMocks();
  const item = await store.ownItem(first._id);
  expect(item?.doc).toEqual(first);
  expect(await store.pending()).toMatchObject([{ edit: first.edit }]);
  const kept = await store.write(broken);
  expect(currentText(kept.body)).toBe('dua');
});

test('a refused edit stays with its reason until it is mended', async () => {
  const { store } = await someStore();
  const doc = await store.write(ownPost());
  await store.refuse(doc.edit, 'forbidden');
  expect(await store.itemState(doc)).toEqual({ kind: 'refused', reason: 'server-refused' });
  expect(await store.pending()).toMatchObject([{ edit: doc.edit, refused: 'forbidden' }]);
  expect(await store.refusedItems()).toMatchObject([{ doc: { _id: doc._id } }]);
  expect(await store.counts()).toMatchObject({ waiting: 0, refused: 1 });
  await store.retry(doc.edit);
  expect(await store.itemState(doc)).toEqual({ kind: 'waiting' });
  expect((await store.pending())[0]?.refused).toBeUndefined();
  await store.refuse(doc.edit, 'forbidden');
  const mended = await store.write({ ...doc, edit: newEdit(doc.edit), body: setText(doc.body, newEdit(), 'baik') });
  expect(await store.itemState(mended)).toEqual({ kind: 'waiting' });
  await store.refuse(doc.edit, 'late answer about a replaced edit');
  expect(await store.itemState(mended)).toEqual({ kind: 'waiting' });
});

test('an item that the courier refused is listed with its reason until it is edited or discarded', async () => {
  const { store } = await someStore();
  const doc = await store.write(ownPost());
  await store.acknowledge([doc.edit]);
  await store.applyOwn({ docs: [receiptOf(doc, T0, 'not-a-member')], deleted: [] });
  expect(await store.refusedItems()).toEqual([{ doc, state: { kind: 'refused', reason: 'not-a-member' } }]);
  await store.write(edited(doc, 'lain'));
  expect(await store.refusedItems()).toEqual([]);
  await store.discard(doc._id);
  expect(await store.refusedItems()).toEqual([]);
});

test('what no server would take is refused before anything is kept', async () => {
  const { store } = await someStore();
  const post = await store.write(ownPost('a'.repeat(POST_LIMIT)));
  const tooLong = [
    ownPost('a'.repeat(POST_LIMIT + 1)),
    edited(post, 'a'.repeat(POST_LIMIT + 1)),
    ownComment(post._id, 'a'.repeat(COMMENT_LIMIT + 1)),
    { ...ownPost('kecil'), attachment: 'a'.repeat(400_000) }
  ];
  for (const doc of tooLong) await expect(store.write(doc)).rejects.toBeInstanceOf(TooLong);
  expect((await store.pending()).map(({ doc }) => doc)).toEqual([post]);
  expect(await store.ownItem(post._id)).toMatchObject({ doc: post });
});

test('a refused edit says why, as far as there is a word for it', async () => {
  const { store } = await someStore();
  const post = await store.write(ownPost());
  await store.refuse(post.edit, 'too-long');
  expect(await store.itemState(post)).toEqual({ kind: 'refused', reason: 'too-long' });
  expect(await store.refusedItems()).toMatchObject([{ state: { reason: 'too-long' } }]);
  await store.refuse(post.edit, 'status 400');
  expect(await store.itemState(post)).toEqual({ kind: 'refused', reason: 'server-refused' });
  await store.acknowledge([post.edit]);
  await store.applyOwn({ docs: [{ ...receiptOf(post, T0, 'empty'), reason: 'too-loud' }], deleted: [] });
  expect(await store.itemState(post)).toEqual({ kind: 'refused', reason: 'server-refused' });
});
