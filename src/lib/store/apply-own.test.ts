import {
  edited,
  membership,
  ownComment,
  ownPost,
  personRecord,
  receiptOf,
  someStore,
  someVault,
  T0
} from './testing/fixtures';
import { expect, test } from 'vitest';
import { currentText } from '$lib/domain/merge/text-register';
import { mergeOwn } from '$lib/domain/documents/index';
import { newEdit } from '$lib/domain/ids';
import { openStore } from './index';

test('own documents of another device appear as sent, or delivered with their receipt', async () => {
  const { store } = await someStore();
  const [a, b] = [ownPost('a'), ownPost('b')];
  await store.applyOwn({ docs: [{ ...a, _rev: '1-x' }, b, receiptOf(b, T0)], deleted: [] });
  expect(await store.ownItem(a._id)).toEqual({ doc: a, state: { kind: 'sent' } });
  expect((await store.ownItem(b._id))?.state.kind).toBe('delivered');
  expect((await store.ownItems('post')).map(({ doc }) => doc._id).sort()).toEqual([a._id, b._id].sort());
  expect(await store.ownItems('comment')).toEqual([]);
  expect(await store.pending()).toEqual([]);
});

test('what the server keeps about the person is found by type and by id', async () => {
  const { store } = await someStore();
  expect(await store.membership()).toBeUndefined();
  const [member, record] = [membership(), personRecord('Yohana Wenda')];
  const doc = ownPost();
  await store.applyOwn({ docs: [member, record, receiptOf(doc, T0)], deleted: [] });
  expect(await store.membership()).toEqual(member);
  expect(await store.record()).toEqual(record);
  expect(await store.inboxDoc(`receipt:${doc._id}`)).toMatchObject({ of: doc._id });
  expect(await store.inboxDoc(record._id)).toEqual(record);
  expect(await store.inboxDocs('record')).toEqual([record]);
  expect(await store.inboxDocs('grade')).toEqual([]);
  await store.applyOwn({ docs: [], deleted: [record._id, `receipt:${doc._id}`] });
  expect(await store.record()).toBeUndefined();
  expect(await store.inboxDoc(`receipt:${doc._id}`)).toBeUndefined();
});

test('a local edit that waits is merged with what comes, never replaced', async () => {
  const { store } = await someStore();
  const first = ownPost('asal');
  await store.applyOwn({ docs: [first], deleted: [] });
  const [theirs, mine] = [edited(first, 'dari gawai lain'), edited(first, 'dari gawai ini')];
  await store.write(mine);
  await store.applyOwn({ docs: [theirs], deleted: [] });
  const item = await store.ownItem<typeof first>(first._id);
  expect(item?.doc.body.versions.map(({ text }) => text).sort()).toEqual(['dari gawai ini', 'dari gawai lain']);
  expect(item?.state).toEqual({ kind: 'waiting' });
  expect(await store.pending()).toMatchObject([{ edit: mine.edit }]);
});

test('an older version that arrives late changes nothing', async () => {
  const { store } = await someStore();
  const first = ownPost('asal');
  const second = await store.write(edited(first, 'baru'));
  await store.acknowledge([second.edit]);
  await store.applyOwn({ docs: [first], deleted: [] });
  expect((await store.ownItem(first._id))?.doc).toEqual(second);
});

test('a removal elsewhere removes the item, unless an edit of it waits here', async () => {
  const { store } = await someStore();
  const [gone, kept] = [ownPost('gone'), ownPost('kept')];
  await store.applyOwn({ docs: [gone, kept], deleted: [] });
  await store.write(edited(kept, 'tetap'));
  await store.applyOwn({ docs: [], deleted: [gone._id, kept._id] });
  expect(await store.ownItem(gone._id)).toBeUndefined();
  expect(currentText((await store.ownItem<typeof kept>(kept._id))?.doc.body ?? kept.body)).toBe('tetap');
});

test('a removal that waits here is not undone by what comes', async () => {
  const { store } = await someStore();
  const doc = await store.write(ownPost());
  await store.discard(doc._id);
  await store.applyOwn({ docs: [doc], deleted: [] });
  expect(await store.ownItem(doc._id)).toBeUndefined();
});

test('an id that is both there and deleted in one block is deleted', async () => {
  const { store } = await someStore();
  const doc = ownPost();
  await store.applyOwn({ docs: [doc], deleted: [doc._id] });
  expect(await store.ownItem(doc._id)).toBeUndefined();
});

test('what cannot be read is set aside with a reason and blocks nothing', async () => {
  const { store } = await someStore();
  const good = ownPost();
  const odd = [
    { ...ownPost(), schema: 99 },
    { _id: 'leave:1', type: 'leave' },
    { ...ownComment('post:x'), _id: 'comment:broken' },
    null
  ];
  await store.applyOwn({ docs: [...odd, good], deleted: [], checkpoint: '7' });
  await store.applyOwn({ docs: odd, deleted: [] });
  expect((await store.ownItem(good._id))?.doc).toEqual(good);
  expect(await store.checkpoint('own')).toBe('7');
  expect(await store.sources()).toEqual([]);
  const reasons = (await store.setAside()).map(({ reason }) => reason).sort();
  expect(reasons).toEqual(['malformed', 'newer-schema', 'unknown-type', 'unknown-type']);
  await store.applyOwn({ docs: [], deleted: ['leave:1'] });
  expect((await store.counts()).setAside).toBe(3);
});

test('a write in another tab while a block is applied is not lost', async () => {
  const vault = await someVault();
  const [one, two] = [await openStore(vault), await openStore(vault)];
  const first = await one.write(ownPost('asal'));
  const theirs = edited(first, 'gawai lain');
  const mine = edited(first, 'gawai ini');
  await Promise.all([one.applyOwn({ docs: [theirs], deleted: [] }), two.write(mine)]);
  const item = await one.ownItem<typeof first>(first._id);
  expect(item?.doc.body.versions.map(({ text }) => text).sort()).toEqual(['gawai ini', 'gawai lain']);
  expect(await two.pending()).toHaveLength(1);
});

test('no receipt of one side speaks for the merged text of two', async () => {
  const { store } = await someStore();
  const first = ownPost('asal');
  const mine = edited(first, 'sini');
  const theirs = { ...edited(first, 'sana'), edit: newEdit(mine.edit) };
  await store.write(mine);
  await store.applyOwn({ docs: [theirs, receiptOf(theirs, T0)], deleted: [] });
  await store.acknowledge([mine.edit]);
  expect((await store.ownItem(first._id))?.state).toEqual({ kind: 'sent' });
  const both = { ...mergeOwn(mine, theirs), edit: newEdit(theirs.edit) };
  await store.applyOwn({ docs: [both], deleted: [] });
  expect((await store.ownItem(first._id))?.state).toEqual({ kind: 'sent' });
  await store.applyOwn({ docs: [receiptOf(both, T0 + 1)], deleted: [] });
  expect((await store.ownItem(first._id))?.state.kind).toBe('delivered');
});

test('of two receipts for one document the newer one speaks, in whatever order they come', async () => {
  const { store } = await someStore();
  const first = await store.write(ownPost('satu'));
  const second = await store.write(edited(first, 'dua'));
  await store.acknowledge([second.edit]);
  const receipts = [receiptOf(second, T0 + 1), receiptOf(first, T0)];
  for (const docs of [receipts, receipts.toReversed()]) {
    await store.applyOwn({ docs, deleted: [] });
    expect(await store.itemState(second)).toMatchObject({ kind: 'delivered' });
  }
});

test('a receipt that a parcel brought speaks before the edit could be sent from here, and of that edit alone', async () => {
  const { store } = await someStore();
  const [doc, other] = [await store.write(ownPost('lama')), await store.write(ownPost('lain'))];
  await store.applyOwn({ docs: [receiptOf(doc, T0), receiptOf(other, T0, 'too-long')], deleted: [] });
  expect((await store.ownItem(doc._id))?.state).toMatchObject({ kind: 'delivered' });
  expect(await store.waitingItems()).toMatchObject([{ doc: { _id: other._id } }]);
  expect(await store.counts()).toMatchObject({ waiting: 1 });
  expect(await store.pending()).toHaveLength(2);
  await store.write(edited(doc, 'baru'));
  expect((await store.ownItem(doc._id))?.state).toEqual({ kind: 'waiting' });
  expect(await store.counts()).toMatchObject({ waiting: 2 });
});
