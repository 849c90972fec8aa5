import { expect, test } from 'vitest';
import { parseOwn } from './index.ts';
import { newText } from '../merge/text-register.ts';
import { docId, uuidv7 } from '../ids.ts';

test('an own post passes its schema', () => {
  const edit = uuidv7();
  const post = {
    _id: docId('post', uuidv7()),
    type: 'post',
    schema: 1,
    createdAt: new Date().toISOString(),
    zone: 'Asia/Jayapura',
    edit,
    channel: 'nasional',
    topic: 'cerita',
    body: newText(edit, 'Halo')
  };
  expect(parseOwn(post)).toEqual(post);
  expect(parseOwn({ ...post, extra: 1 })).toEqual({ ...post, extra: 1 });
  expect(parseOwn({ ...post, createdAt: '2026-01-01T23:59:60Z' })).toBeUndefined();
});
