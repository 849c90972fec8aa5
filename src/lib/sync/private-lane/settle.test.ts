import { expect, test } from 'vitest';
import type { Leaf } from '$lib/domain/merge/leaves';
import { settle } from '$lib/domain/merge/settle';
import { newText } from '$lib/domain/merge/text-register';
import { edited, ownPost } from '$lib/store/testing/fixtures';

const leaf = (doc: object, _rev: string, more: object = {}): Leaf => ({ ...(doc as Leaf), _rev, ...more });
const later = 'ffffffff-ffff-7fff-bfff-ffffffffffff';

test('a first edit is written, and not again once it is there', () => {
  const post = ownPost();
  const [written, ...more] = settle([], post);
  expect(more).toEqual([]);
  expect(written).toMatchObject({ _id: post._id, body: post.body });
  expect(settle([leaf(post, '1-a')], post)).toEqual([]);
  expect(settle([leaf(post, '1-a')])).toEqual([]);
});

test('an older edit that comes late changes nothing', () => {
  const post = ownPost();
  expect(settle([leaf(edited(post, 'baru'), '2-a')], post)).toEqual([]);
});

test('branches become one: the winner holds all texts, the others are buried', () => {
  const post = ownPost('awal');
  const writes = settle([leaf(edited(post, 'satu'), '2-b'), leaf(edited(post, 'dua'), '2-a')]);
  expect(writes).toHaveLength(2);
  expect(writes[0]?._rev).toBe('2-b');
  for (const text of ['satu', 'dua']) expect(JSON.stringify(writes[0])).toContain(text);
  expect(writes[1]).toEqual({ _id: post._id, _rev: '2-a', _deleted: true });
});

test('a merge that neither side wrote has an edit of its own, the same on every device, and is not made again', () => {
  const post = ownPost('awal');
  const [one, two] = [edited(post, 'satu'), edited(post, 'dua')];
  const [here] = settle([leaf(one, '2-b'), leaf(two, '2-a')]);
  const [there] = settle([leaf(two, '2-b')], one);
  expect(here).toEqual(there);
  const edit = String(here?.edit);
  expect(edit > one.edit && edit > two.edit).toBe(true);
  expect(edit).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const merged = leaf(here ?? {}, '3-c');
  expect(settle([merged], one)).toEqual([]);
  expect(settle([merged, leaf(two, '2-a')])).toEqual([{ _id: post._id, _rev: '2-a', _deleted: true }]);
});

test('what one side wrote in knowledge of the other keeps its edit', () => {
  const post = ownPost('awal');
  const later = edited(post, 'satu');
  expect(settle([leaf(post, '1-b'), leaf(later, '1-a')])[0]).toMatchObject({ edit: later.edit });
  expect(settle([leaf(post, '1-b')], later)).toEqual([{ ...later, _rev: '1-b' }]);
});

test('equal branches need no new revision, only one burial', () => {
  const post = ownPost();
  expect(settle([leaf(post, '1-b'), leaf(post, '1-a')])).toEqual([{ _id: post._id, _rev: '1-a', _deleted: true }]);
});

test('a removal buries every branch and names its edit; repeated, it does nothing', () => {
  const post = ownPost();
  const removal = { _id: post._id, deleted: true as const, edit: later };
  const tomb = { _id: post._id, _rev: '1-b', _deleted: true, type: 'post', edit: later };
  expect(settle([leaf(post, '1-b')], removal)).toEqual([tomb]);
  expect(settle([leaf(tomb, '2-c')], removal)).toEqual([]);
});

test('a newer edit brings a removed document back upon its grave', () => {
  const post = ownPost();
  const grave = leaf({ _id: post._id }, '2-c', { _deleted: true, edit: post.edit });
  const again = edited(post, 'hidup');
  expect(settle([grave], again)).toMatchObject([{ _rev: '2-c', edit: again.edit }]);
});

test('a branch of a newer app is neither merged nor buried', () => {
  const post = ownPost();
  const strange = leaf({ ...post, schema: 99, body: newText(post.edit, 'masa depan') }, '3-z');
  expect(settle([strange])).toEqual([]);
  expect(settle([strange], post)).toEqual([{ ...post }]);
  expect(settle([strange, leaf(post, '1-a')], post)).toEqual([]);
});

test('a removal ends also what this build cannot read, unless that was written later', () => {
  const post = ownPost();
  const strange = { ...post, schema: 99, body: 'masa depan' };
  const removal = { _id: post._id, deleted: true as const, edit: later };
  const tomb = { _id: post._id, _deleted: true, type: 'post', edit: later };
  expect(settle([leaf(strange, '3-z')], removal)).toEqual([{ ...tomb, _rev: '3-z' }]);
  expect(settle([leaf(strange, '3-z'), leaf(post, '1-a')], removal)).toEqual([
    { ...tomb, _rev: '1-a' },
    { _id: post._id, _rev: '3-z', _deleted: true }
  ]);
  const early = { ...removal, edit: '00000000-0000-7000-8000-000000000000' };
  expect(settle([leaf(strange, '3-z')], early)).toEqual([]);
});
