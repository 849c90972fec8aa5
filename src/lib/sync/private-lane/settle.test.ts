import { expect, test } from 'vitest';
import { newText } from '$lib/domain/merge/text-register';
import { edited, ownPost } from '$lib/store/testing/fixtures';
import type { Leaf } from './own-database';
import { settle } from './settle';

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
