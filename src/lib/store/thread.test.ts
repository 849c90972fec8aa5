import {
  comment,
  ME,
  OTHER,
  ownComment,
  ownReaction,
  post,
  reaction,
  receiptOf,
  someStore,
  T0
} from './testing/fixtures';
import { expect, test } from 'vitest';
import { REACTIONS } from '$lib/domain/documents/reaction';
import { KINDS, kindCode, kindOf } from './codes';

const NATIONAL = 'channel-nasional';
const THIRD = 'aaaaaaaa-97c5-4b43-8f3e-0d2a60a3b111';

test('comments stand oldest first, own ones that are not delivered last, each once', async () => {
  const { store } = await someStore();
  const on = post(T0);
  const [first, second] = [comment(on._id, T0 + 1, 'satu'), comment(on._id, T0 + 3, 'tiga')];
  await store.applyShared(NATIONAL, { docs: [second, first, on], deletedIds: [], checkpoint: '1' });
  const mine = await store.write(ownComment(on._id, 'dua'));
  const texts = async () => (await store.thread(on._id)).map(({ text }) => text);
  const count = async () => (await store.commentCounts([on._id, 'post:none'])).get(on._id);

  expect([await texts(), await count()]).toEqual([['satu', 'tiga', 'dua'], 3]);
  await store.acknowledge([mine.edit]);
  await store.applyOwn({ docs: [receiptOf(mine, T0 + 2)], deleted: [] });
  expect([await texts(), await count()]).toEqual([['satu', 'dua', 'tiga'], 3]);
  const copy = { ...comment(on._id, T0 + 2, 'dua'), _id: mine._id };
  await store.applyShared(NATIONAL, { docs: [copy], deletedIds: [], checkpoint: '2' });
  expect([await texts(), await count()]).toEqual([['satu', 'dua', 'tiga'], 3]);
  expect((await store.thread(on._id))[1]?.own?.state.kind).toBe('delivered');
  expect((await store.commentCounts(['post:none'])).get('post:none')).toBe(0);
});

test('the own reaction counts at once, once, and as given last', async () => {
  const { store } = await someStore();
  const on = post(T0);
  const docs = [on, reaction(on._id, 'suka', OTHER), reaction(on._id, 'bermanfaat', THIRD)];
  await store.applyShared(NATIONAL, { docs, deletedIds: [], checkpoint: '1' });
  const summary = async () => {
    const found = (await store.reactions([on._id])).get(on._id);
    return [...Object.values(found?.counts ?? {}), found?.mine?.doc.kind];
  };
  expect(await summary()).toEqual([1, 0, 1, undefined]);
  const mine = await store.write(ownReaction(on._id, 'suka'));
  expect(await summary()).toEqual([2, 0, 1, 'suka']);
  const copy = reaction(on._id, 'suka', ME, T0 + 5);
  await store.applyShared(NATIONAL, { docs: [copy], deletedIds: [], checkpoint: '2' });
  expect(await summary()).toEqual([2, 0, 1, 'suka']);
  const changed = await store.write(ownReaction(on._id, 'terima-kasih', mine.edit));
  expect(await summary()).toEqual([1, 1, 1, 'terima-kasih']);
  const withdrawn = await store.write(ownReaction(on._id, null, changed.edit));
  expect(await summary()).toEqual([1, 0, 1, null]);
  await store.acknowledge([withdrawn.edit]);
  await store.applyShared(NATIONAL, { docs: [], deletedIds: [copy._id], checkpoint: '3' });
  expect(await summary()).toEqual([1, 0, 1, null]);
});

test('a refused reaction does not count', async () => {
  const { store } = await someStore();
  const on = post(T0);
  const mine = await store.write(ownReaction(on._id, 'suka'));
  await store.acknowledge([mine.edit]);
  await store.applyOwn({ docs: [receiptOf(mine, T0, 'no-such-target')], deleted: [] });
  expect((await store.reactions([on._id])).get(on._id)?.counts.suka).toBe(0);
});

test('every kind of reaction has a code of its own', () => {
  expect(KINDS).toEqual(REACTIONS);
  expect(REACTIONS.map((kind) => kindOf(kindCode(kind)))).toEqual(REACTIONS);
});
