import {
  channelInfo,
  comment,
  course,
  directoryProfile,
  OTHER,
  post,
  reaction,
  someStore,
  T0
} from './testing/fixtures';
import { afterEach, expect, test, vi } from 'vitest';
import { SourceMoved } from './types';

const NATIONAL = 'channel-nasional';

afterEach(() => vi.restoreAllMocks());

test('documents of every shared type are found where screens look for them', async () => {
  const { store } = await someStore();
  const [old, young] = [course(T0, 'lama'), course(T0 + 1, 'baru')];
  const info = channelInfo('Guru Papua');
  const profile = directoryProfile(OTHER);
  await store.applyShared('catalogue', { docs: [old, young], deletedIds: [], checkpoint: '1' });
  await store.applyShared(NATIONAL, { docs: [info], deletedIds: [], checkpoint: '1' });
  await store.applyShared('directory-kab-jayawijaya', { docs: [profile], deletedIds: [], checkpoint: '1' });
  expect(await store.courses()).toEqual([young, old]);
  expect(await store.course(old._id)).toEqual(old);
  expect(await store.course('course:none')).toBeUndefined();
  expect(await store.channels()).toEqual([info]);
  expect(await store.person('kab-jayawijaya', OTHER)).toEqual(profile);
  expect(await store.person('lain', OTHER)).toBeUndefined();
  expect((await store.sources()).sort()).toEqual(['catalogue', NATIONAL, 'directory-kab-jayawijaya'].sort());
});

test('a checkpoint is stored with its rows or not at all', async () => {
  const { store } = await someStore();
  expect(await store.checkpoint(NATIONAL)).toBeUndefined();
  await store.applyShared(NATIONAL, { docs: [post(T0)], deletedIds: [], checkpoint: '1-a' });
  const put = IDBObjectStore.prototype.put;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
    if (this.name === 'checkpoints') throw new DOMException('broken', 'DataError');
    return put.apply(this, args);
  });
  const block = { docs: [post(T0 + 1)], deletedIds: [], checkpoint: '2-b' };
  await expect(store.applyShared(NATIONAL, block)).rejects.toThrow();
  vi.restoreAllMocks();
  expect(await store.checkpoint(NATIONAL)).toBe('1-a');
  expect((await store.feedPage({ limit: 9 })).entries).toHaveLength(1);
  await store.applyShared(NATIONAL, block);
  await store.applyShared(NATIONAL, block);
  expect((await store.feedPage({ limit: 9 })).entries).toHaveLength(2);
});

test('a block that begins where the source does not stand changes nothing, neither before it is sealed nor after', async () => {
  const { store } = await someStore();
  const block = (checkpoint: string, from?: string) => ({
    ...{ docs: [post(T0)], deletedIds: [], checkpoint },
    from: { checkpoint: from }
  });
  await store.applyShared(NATIONAL, block('1'));
  await expect(store.applyShared(NATIONAL, block('2'))).rejects.toBeInstanceOf(SourceMoved);
  await expect(store.applyShared(NATIONAL, block('2', '0'))).rejects.toBeInstanceOf(SourceMoved);
  const late = await store.prepareShared(NATIONAL, block('3', '1'));
  await store.applyShared(NATIONAL, { docs: [], deletedIds: [], checkpoint: '2' });
  await expect(late.apply()).rejects.toBeInstanceOf(SourceMoved);
  expect(await store.checkpoint(NATIONAL)).toBe('2');
  expect((await store.feedPage({ limit: 9 })).entries).toHaveLength(1);
  const good = await store.prepareShared(NATIONAL, block('3', '2'));
  await good.apply();
  await good.apply();
  expect(await store.checkpoint(NATIONAL)).toBe('3');
});

test('of several versions in one block the last counts, and a deletion counts most', async () => {
  const { store } = await someStore();
  const [one, two] = [post(T0), post(T0)];
  const docs = [one, two, { ...one, text: 'baru' }];
  await store.applyShared(NATIONAL, { docs, deletedIds: [two._id, 'post:unknown'], checkpoint: '1' });
  expect((await store.feedPage({ limit: 9 })).entries.map(({ text }) => text)).toEqual(['baru']);
});

test('a withdrawn reaction is deleted under its blinded id', async () => {
  const { store } = await someStore();
  const on = post(T0);
  const like = reaction(on._id, 'suka', OTHER);
  await store.applyShared(NATIONAL, { docs: [on, like], deletedIds: [], checkpoint: '1' });
  expect((await store.reactions([on._id])).get(on._id)?.counts.suka).toBe(1);
  await store.applyShared(NATIONAL, { docs: [], deletedIds: [like._id], checkpoint: '2' });
  expect((await store.reactions([on._id])).get(on._id)?.counts.suka).toBe(0);
});

test('a reset forgets what came before, of this source only', async () => {
  const { store } = await someStore();
  await store.applyShared(NATIONAL, { docs: [post(T0), { odd: 1 }], deletedIds: [], checkpoint: '1' });
  await store.applyShared('channel-unit', { docs: [post(T0, { channel: 'unit' })], deletedIds: [], checkpoint: '1' });
  const fresh = post(T0 + 5);
  await store.applyShared(NATIONAL, { docs: [fresh], deletedIds: [], checkpoint: '1', reset: true });
  const { entries } = await store.feedPage({ limit: 9 });
  expect(entries.map(({ id, channel }) => [id === fresh._id, channel])).toEqual([
    [true, 'nasional'],
    [false, 'unit']
  ]);
  expect(await store.setAside()).toEqual([]);
});

test('dropping a source leaves nothing of it', async () => {
  const { store } = await someStore();
  await store.applyShared(NATIONAL, { docs: [post(T0), { odd: 1 }], deletedIds: [], checkpoint: '1' });
  await store.dropSource(NATIONAL);
  expect(await store.sources()).toEqual([]);
  expect(await store.checkpoint(NATIONAL)).toBeUndefined();
  expect(await store.feedPage({ limit: 9 })).toEqual({ entries: [] });
  expect((await store.counts()).setAside).toBe(0);
});

test('trimming removes what left the window and keeps the rest', async () => {
  const { store } = await someStore();
  const [old, young] = [post(T0), post(T0 + 10)];
  const docs = [
    old,
    young,
    comment(old._id, T0 + 1),
    comment(young._id, T0 + 11),
    reaction(old._id, 'suka', OTHER, T0 + 2),
    channelInfo('Nasional')
  ];
  await store.applyShared(NATIONAL, { docs, deletedIds: [], checkpoint: '1' });
  await store.trim(NATIONAL, T0 + 10);
  expect((await store.feedPage({ limit: 9 })).entries.map(({ id }) => id)).toEqual([young._id]);
  expect(await store.thread(old._id)).toEqual([]);
  expect(await store.thread(young._id)).toHaveLength(1);
  expect((await store.reactions([old._id])).get(old._id)?.counts.suka).toBe(0);
  expect(await store.channels()).toHaveLength(1);
});

test('unreadable documents are set aside, counted once, and read again once they can be', async () => {
  const { store } = await someStore();
  const [bad, good] = [post(T0), post(T0 + 1)];
  const odd = { ...bad, schema: 2 };
  await store.applyShared(NATIONAL, { docs: [odd, good], deletedIds: [], checkpoint: '1' });
  await store.applyShared(NATIONAL, { docs: [odd], deletedIds: [], checkpoint: '2' });
  expect(await store.setAside()).toEqual([{ source: NATIONAL, id: bad._id, reason: 'newer-schema' }]);
  expect(await store.checkpoint(NATIONAL)).toBe('2');
  await store.retryAside();
  expect(await store.setAside()).toHaveLength(1);
  await store.applyShared(NATIONAL, { docs: [bad], deletedIds: [], checkpoint: '3' });
  expect(await store.setAside()).toEqual([]);
  expect((await store.feedPage({ limit: 9 })).entries).toHaveLength(2);
});
