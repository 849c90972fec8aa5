import * as v from 'valibot';
import { mergeBase } from '../merge/base.ts';
import { mergeText, textRegister } from '../merge/text-register.ts';
import { delivered, growing, key, own, text } from './fields.ts';

/** Longest post that the courier delivers, in characters; SmartASN's feed itself has no limit (domain.md §1.2). */
export const POST_LIMIT = 20_000;

export const TOPICS = ['berita', 'pembelajaran', 'layanan', 'kesehatan', 'pendidikan', 'pengumuman', 'cerita'] as const;

/** A post in the author's own database: `post:<uuidv7>`. */
export const ownPost = growing({
  ...own('post'),
  channel: key,
  topic: v.picklist(TOPICS),
  body: textRegister
});

/** The same post in the channel's database. */
export const deliveredPost = growing({
  ...delivered('post'),
  channel: key,
  topic: v.picklist(TOPICS),
  text: text(POST_LIMIT),
  editedAt: v.optional(v.string())
});

export type OwnPost = v.InferOutput<typeof ownPost>;
export type DeliveredPost = v.InferOutput<typeof deliveredPost>;
export type Topic = (typeof TOPICS)[number];

/** Merges two versions of one post: texts side by side, channel and topic of the newer edit. */
export const mergePost = (a: OwnPost, b: OwnPost): OwnPost => {
  const newer = a.edit >= b.edit ? a : b;
  return {
    _id: a._id,
    type: 'post',
    ...mergeBase(a, b),
    channel: newer.channel,
    topic: newer.topic,
    body: mergeText(a.body, b.body)
  };
};
