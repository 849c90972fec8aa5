import { expect, test } from 'vitest';
import { mergeOwn } from '$lib/domain/documents/index';
import { REFUSALS } from '$lib/domain/documents/receipt';
import { describeSelf, react, rewrite } from '$lib/domain/documents/compose';
import { ME, ownComment, ownPost } from '$lib/store/testing/fixtures';
import type { ItemState, OwnDocument } from '$lib/store/types';
import { remediesFor } from './remedies';

type Reason = Extract<ItemState, { kind: 'refused' }>['reason'];
const ways = (doc: OwnDocument, reason: Reason) => remediesFor({ doc, state: { kind: 'refused', reason } });

test('a text is edited, and what may pass is sent again', () => {
  expect(ways(ownPost(), 'too-long')).toEqual(['edit', 'remove']);
  expect(ways(ownPost(), 'server-refused')).toEqual(['edit', 'again', 'ask', 'remove']);
  expect(ways(ownPost(), 'not-a-member')).toEqual(['again', 'ask', 'remove']);
  expect(ways(ownComment('post:x'), 'no-such-target')).toEqual(['remove']);
});

test('two versions are compared where both can be seen', () => {
  const post = ownPost();
  const [here, there] = [rewrite(post, 'di sini'), rewrite(post, 'di sana')];
  expect(ways(mergeOwn(here, there), 'malformed')).toEqual(['open', 'ask', 'remove']);
});

test('every refusal has a way out, whatever was refused', () => {
  const docs = [
    ownPost(),
    ownComment('post:x'),
    react(ME, 'nasional', ownPost()._id, 'suka'),
    describeSelf(ME, undefined, 'about', 'Guru')
  ];
  for (const doc of docs)
    for (const reason of [...REFUSALS, 'server-refused' as const])
      if (reason !== 'no-such-target' || doc.type !== 'profile') expect(ways(doc, reason), reason).not.toEqual([]);
});

test('what was not refused has none', () => {
  expect(remediesFor({ doc: ownPost(), state: { kind: 'waiting' } })).toEqual([]);
});
