import type * as v from 'valibot';
import { mergeBase } from '../merge/base.ts';
import { mergeText, textRegister } from '../merge/text-register.ts';
import { delivered, growing, idOf, key, own, text } from './fields.ts';

/** Longest comment that the courier delivers, in characters. */
export const COMMENT_LIMIT = 5_000;

/** A comment in the author's own database: `comment:<uuidv7>`. */
export const ownComment = growing({ ...own('comment'), channel: key, post: idOf('post'), body: textRegister });

/** The same comment in the channel's database. */
export const deliveredComment = growing({
  ...delivered('comment'),
  channel: key,
  post: idOf('post'),
  text: text(COMMENT_LIMIT)
});

export type OwnComment = v.InferOutput<typeof ownComment>;
export type DeliveredComment = v.InferOutput<typeof deliveredComment>;

/** Merges two versions of one comment: texts side by side. */
export const mergeComment = (a: OwnComment, b: OwnComment): OwnComment => {
  const newer = a.edit >= b.edit ? a : b;
  return {
    _id: a._id,
    type: 'comment',
    ...mergeBase(a, b),
    channel: newer.channel,
    post: newer.post,
    body: mergeText(a.body, b.body)
  };
};
