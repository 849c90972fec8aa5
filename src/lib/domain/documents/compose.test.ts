import { expect, test } from 'vitest';
import { newEdit, timeOfUuid, uuidv7 } from '../ids.ts';
import { currentText } from '../merge/text-register.ts';
import { advance, describeSelf, newComment, newPost, react, rewrite, showField } from './compose.ts';
import { parseOwn } from './index.ts';

const person = '6a1f2c3d-1111-4222-8333-444455556666';

test('everything composed passes its schema', () => {
  const post = newPost('nasional', 'cerita', 'Halo');
  const course = `course:${uuidv7()}`;
  const profile = describeSelf(person, undefined, 'about', 'Guru kelas rangkap');
  const written = [
    post,
    rewrite(post, 'Halo lagi'),
    newComment('nasional', post._id, 'Terima kasih'),
    react(person, 'nasional', post._id, 'suka'),
    profile,
    showField(person, profile, 'phone', 'agency'),
    advance(course, undefined, { chapter: 'bab-1', fraction: 0.5 }),
    advance(course, undefined, { chapter: 'bab-1', fraction: 1 }, true)
  ];
  for (const doc of written) expect(parseOwn(doc)).toEqual(doc);
});

test('rewriting replaces the text and names what it replaced', () => {
  const post = newPost('nasional', 'cerita', 'satu');
  const again = rewrite(post, 'dua');
  expect(currentText(again.body)).toBe('dua');
  expect(again.body.past).toEqual([post.edit]);
});

test('an edit is later than the one it follows even when the clock went back', () => {
  const previous = uuidv7(Date.UTC(2028, 0, 1));
  expect(timeOfUuid(newEdit(previous, Date.UTC(2026, 0, 1)))).toBe(Date.UTC(2028, 0, 1) + 1);
});

test('withdrawing a reaction keeps its id', () => {
  const post = newPost('nasional', 'cerita', 'Halo');
  const liked = react(person, 'nasional', post._id, 'suka');
  const gone = react(person, 'nasional', post._id, null, liked);
  expect(gone._id).toBe(liked._id);
  expect(gone.edit > liked.edit).toBe(true);
  expect(gone.kind).toBeNull();
});

test('a finished chapter stays finished', () => {
  const course = `course:${uuidv7()}`;
  const done = advance(course, undefined, { chapter: 'bab-1', fraction: 1 }, true);
  const back = advance(course, done, { chapter: 'bab-1', fraction: 0.1 });
  expect(Object.keys(back.done)).toEqual(['bab-1']);
});
